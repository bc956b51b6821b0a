-authenticator = authenticator app
    .definition = The app on a phone that confirms it is you who signs in.
    .synonyms = one-time password
-vpn = VPN
    .definition = A way from home to the office that nobody else can look into.
-site = IT Help
    .definition = This site.
