# source: 手順
h-0a1b2c = Marche à suivre

# source: 社外では **VPN** を使います。{ $code-1 } で確かめ、[手引き]({ $link-1 })も見ます。
p-0a1b2c = Dehors, { $code-2 } et [lien](http://ailleurs.example/).

# source: アプリを開きます。
# li-0a1b2c =
