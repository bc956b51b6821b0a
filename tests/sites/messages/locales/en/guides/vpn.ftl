### VPN につなぐ

# source: VPN につなぐ
title-0a1b2c = Connect to the VPN

# source: 社外から社内につなぎます。
description-0a1b2c = Reach the office from outside.

# source: 社外では **VPN** を使います。{ $code-1 } で確かめ、[手引き]({ $link-1 })も見ます。
# $code-1: ping vpn.example
# $link-1: index.md
p-0a1b2c =
    Outside, use the **VPN**. See [the front page]({ $link-1 })
    and check with { $code-1 }.

# source: 手順
h-0a1b2c = Steps

# source: アプリを開きます。
li-0a1b2c = Open the app.

# source: 接続の画面
alt-0a1b2c = The screen to connect

# source: :menu[設定 > 接続] を選び、{ $key-1 } を押します。
# $key-1: Enter
li-1a1b2c = Choose :menu[Settings > Connect] and press { $key-1 }.

# source: 社外の無線
callout-0a1b2c = Wireless outside

# source: 鍵のない無線ではつなぎません。
# was: 鍵のない無線は避けます。
p-1a1b2c = Avoid wireless without a lock.

# source: 場所
th-0a1b2c = Where

# source: 自宅
td-0a1b2c = At home

# source: 同じ文です。
p-2a1b2c = The same sentence.

# source: 同じ文です。
p-2a1b2c-2 = The same sentence again.
