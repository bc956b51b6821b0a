# 端末に表示する文言。

## 問題の件数。

tally-none = 問題はありません
tally-errors = エラー { $count } 件
tally-warnings = 警告 { $count } 件
tally-notes = お知らせ { $count } 件
# 件数の区切り。
tally-join = 、

## ほかの文に付ける文言。

# コマンドを実行できなかった。
failed = shirube: { $reason }
note = お知らせ: { $text }
# 知らない名前についての文の後ろ。
near = （`{ $name }` ではありませんか）
# 並べた名前の区切り。
join = 、
wrote = { $path } を書き出しました
exists = { $path } はすでにあります
# パソコンに断られた。
host-failed = { $operation ->
    [make] { $path } を作れません: { $reason }
    [read] { $path } を読めません: { $reason }
    [write] { $path } に書き込めません: { $reason }
    [remove] { $path } を削除できません: { $reason }
    [lock] { $path } をロックできません: { $reason }
    [look-into] { $path } の中を見られません: { $reason }
    [look-at] { $path } を調べられません: { $reason }
    [listen-at] { $path } で待ち受けられません: { $reason }
    [put-back] { $path } を元に戻せません: { $reason }
    [put-in-place] { $path } を置き換えられません: { $reason }
   *[other] { $path } を処理できません: { $reason }
  }

## build

build-waiting = shirube: このサイトの別のビルドが終わるのを待っています
build-done = { $pages } ページを { $out } に出力しました（書き込み { $written }、変更なし { $unchanged }、削除 { $removed } ファイル）。{ $tally }
build-unchanged = { $pages } ページ、変更なし。{ $tally }
build-kept = 何も置き換えていません。理由: { $reasons }。{ $tally }
build-kept-more = 何も置き換えていません。理由: { $reasons }、ほか { $more } 件。{ $tally }
build-reason = { $code }（{ $file }）
build-no-notes = { $reason }。次のビルドは、記録なしで行います
output-stepwise = { $path } は一度に置き換えられないため（マウントされたフォルダーなど）、ファイルを 1 つずつ置き換えました
output-left = { $path } が残っています。中を確かめられます
output-in-use = { $path } は、使用中か、ほかのファイルがあるため片付けていません
output-not-cleared = { $path } を片付けられません: { $reason }

## サイトと、入力された値。

site-no-current = 現在のフォルダーを読めません: { $reason }
site-none-here =
    このフォルダーにも、その上にもサイトがありません（shirube.yaml もコンテンツフォルダーもありません）
    `shirube init` でここにサイトを作れます。別のフォルダーは `--site DIR` で指定します
site-none =
    { $place } にサイトがありません（shirube.yaml もコンテンツフォルダーもありません）
    `shirube init` でここにサイトを作れます。別のフォルダーは `--site DIR` で指定します
site-bad-url = `{ $url }` はアドレスではありません。`https://ホスト/パス/` の形で書いてください
site-bad-day = `{ $text }` は日付ではありません。2026-04-01 の形で書いてください
site-bad-epoch = SOURCE_DATE_EPOCH の値 `{ $text }` が時刻ではありません。1970 年からの秒数を指定してください

## serve。標準出力の 1 行目はアドレスだけで、ここの文言はエラー出力に表示する。

# アドレスの次に 1 度だけ。
serve-started = { $folder } の変更を待っています。Ctrl+C で終了します
serve-dashboard = 問題の一覧: { $address }
# 最初の状態。
serve-pages = { $pages } ページ、{ $milliseconds } ms。{ $tally }
# その後の変更。names は join で区切ったパス。
serve-rebuilt = 更新: { $names } — { $milliseconds } ms、{ $tally }
serve-rebuilt-more = 更新: { $names }、ほか { $more } 件 — { $milliseconds } ms、{ $tally }
serve-kept = 直るまで、直前の正しいページを表示し続けます
serve-nothing = まだ表示できるページがありません。直すと表示されます
serve-mended = 直りました。最新のページを表示しています
serve-settings-broken = 今の shirube.yaml は使えないため、直前の正しい設定を使い続けます
serve-gone = サイトのフォルダーがなくなりました。戻るのを待っています
serve-back = サイトのフォルダーが戻りました
serve-polling = このファイルシステムは変更を知らせないため、{ $seconds } 秒ごとにフォルダーを調べます
serve-shared = { $name } 上の変更はすべてが通知されるとは限らないため、{ $seconds } 秒ごとにもフォルダーを調べます
serve-refused = 監視を始められないため（{ $reason }）、{ $seconds } 秒ごとにフォルダーを調べます
serve-lost = 変更が多く、システムが知らせきれなかったため、すべてを読み直します
serve-port-taken = ポート { $port } は使用中のため、{ $other } を使います
serve-fault =
    shirube: プログラム自体の不具合（上記）のため、この状態を表示できません。
    直前の正しいページを表示し続けます。直前に編集した内容を添えて報告してください。

## explain

explain-unknown = `{ $name }` という診断はありません

## init

init-taken = { $path } はすでにあるため、何も書き込みませんでした
init-show = { $folder } で `shirube serve` を実行すると、サイトを見られます
init-not-utf8 = { $path } は UTF-8 ではありません。先に UTF-8 で保存し直してください

## new

new-outside = `{ $path }` はコンテンツフォルダー内のパスではありません
new-refused = `{ $path }` はガイドにできません: { $reason }
new-control = 名前に制御文字があります
new-hidden = 名前が `.` で始まるファイルとフォルダーは対象外です
new-passed-over = この名前のファイルはビルドの対象外です（先頭の `_`、または `ignore:`）
new-screenshots = スクリーンショットは { $folder } に入れます
new-no-theme = 入れる先の、サイト自身のテーマがありません。shirube.yaml に `theme: ours` など好きな名前を書いてから、もう一度実行してください
new-bad-theme = `{ $theme }` はテーマのフォルダーの名前に使えません
new-template-exists = { $path } はすでにあります。`--print` を付けると、書き込まずに元の内容を表示します
new-no-template = 元のテーマに、テンプレートや部品 `{ $name }` はありません

## search

search-no-locale = このサイトに言語 `{ $name }` はありません（あるのは { $all }）
search-no-site = { $out } にビルドしたサイトがありません。`shirube build` で作ってください
search-no-index = { $out } のサイトに検索の索引がありません。検索のあるテーマなら、`shirube build` で作られます
search-no-locale-index = { $out } に `{ $locale }` の検索の索引がありません。`shirube build` で作ってください
search-damaged = { $path } が壊れています。`shirube build` で索引を作り直してください
search-missing = { $path } がありません。`shirube build` で索引を作り直してください
search-other-version = { $folder } の検索の索引は、別のバージョンの Shirube のものです。`shirube build` で作り直してください
search-no-section = `{ $locale }` の検索の索引にセクション `{ $name }` はありません
search-no-section-at-all = `{ $locale }` の検索の索引にセクション `{ $name }` はありません（セクションが 1 つもありません）
search-no-section-of = `{ $locale }` の検索の索引にセクション `{ $name }` はありません（あるのは { $all }）
search-no-tag = `{ $locale }` の検索の索引にタグ `{ $name }` はありません
search-no-tag-at-all = `{ $locale }` の検索の索引にタグ `{ $name }` はありません（タグが 1 つもありません）
search-no-tag-of = `{ $locale }` の検索の索引にタグ `{ $name }` はありません（あるのは { $all }）
search-nothing = `{ $query }` は見つかりませんでした
search-some = { $total } 件中 { $shown } 件
search-without = 含まない語: { $words }
search-perhaps = もしかして: { $words }
report-no-question = { $list } に質問がありません。1 行に 1 つずつ書いてください
report-questions = 質問
report-asked = 回数
report-nothing = 見つからない
report-partly = 一部だけ
report-answered = 見つかる
report-all = 合計

## i18n

i18n-one-locale = このサイトの言語は 1 つだけです。shirube.yaml の `locales:` に言語を加えてください
i18n-no-locale = `{ $locale }` は、このサイトの翻訳先の言語ではありません
i18n-no-guide = ガイド `{ $guide }` はありません
i18n-by-file = { $guide } は { $path } で翻訳されています。`shirube i18n convert { $guide } --locale { $locale }` でメッセージによる翻訳に変えられます
i18n-not-translated = { $guide } には `{ $locale }` の翻訳がありません
i18n-no-id = { $path } にメッセージ `{ $id }` はありません
i18n-conflict = { $path } にマージの衝突の印があるため、そのままにしました。衝突を解消してから、もう一度実行してください
i18n-not-utf8 = { $path } は UTF-8 ではないため、そのままにしました
i18n-moved = { $path } にはガイドがありません。{ $all } 件の文のうち { $same } 件が { $guide } と同じです。{ $target } へ移してください
i18n-behind = { $path } は最新ではありません
i18n-removed = { $path } を削除しました
i18n-extracted = { $locale }: カタログ { $files } 個（{ $written } 個を書き込み）。文: 新規 { $new }、変更 { $changed }、そのまま { $kept }、復活 { $revived }、廃止 { $obsolete }
i18n-none = 取り出すものがありません。ガイドを指定するか、`--all` ですべてのガイドのカタログを作ってください
i18n-accepted = { $path }: { $count } 件の翻訳を最新としました
i18n-converted = { $path }: { $all } 件の文のうち { $matched } 件を引き継ぎました
i18n-left = 翻訳のうち { $count } 件の文は、原文に対応する場所がありません。{ $path } の末尾を見てください
i18n-left-code = 翻訳のコードのうち { $count } 個は、原文のコードと違います。メッセージから作るページには原文のコードが出ます。{ $path } の末尾を見てください
i18n-notes = 翻訳者のコメント { $count } 件を { $path } に残しました
i18n-under = { $locale }: 翻訳済みは { $percent } % で、{ $least } % に届きません
