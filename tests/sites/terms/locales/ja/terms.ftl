-authenticator =
    { $case ->
        [short] アプリ
       *[full] 認証アプリ
    }
    .definition = サインインのときに、本人だと<確かめる>アプリ
    .yomi = にんしょうアプリ
    .synonyms = ワンタイムパスワード、OTP
-sign-in = サインイン
    .avoid = ログイン、ログオン
-vpn = VPN
    .definition = 外から社内につなぐ道。問い合わせは{ $phone }
    .url = /vpn/
-bad-link = 悪い行き先
    .url = javascript:alert(1)
-needs = { $what }の道具
-only-here = ここだけ
    .definition = 日本語だけの用語
