-authenticator = authenticator app
    .definition = The app that shows that it is you
-sign-in = sign in
    .avoid = log in, login
-vpn = VPN
    .url = https://example.com/vpn
