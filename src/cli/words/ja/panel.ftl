# プレビューの問題パネルの文言。
panel-label = プレビューの問題
panel-title = 見つかった問題
panel-close = 閉じる
panel-first = まず直すもの
panel-here = このページ
panel-elsewhere = サイトのほかのところ
panel-show = 問題を見る
panel-site = 全体で{ $count }件
panel-not-here = ほかのページ
panel-error = エラー
panel-warning = 警告
panel-note = お知らせ
panel-help = 直しかた
panel-editor = { $place }をエディターで開く
panel-broken = いまの内容ではサイトを作れません。表示しているのは、最後にうまくいったページです。
panel-more = ほかに{ $count }件あります。すべては端末に出ています。
panel-gone = プレビューが止まっています。つながりしだい、続きから表示します。
