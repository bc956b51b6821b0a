## どのページにもある言葉

skip-to-text = 本文へ移動
site-navigation = サイト内の移動
language = 言語
scheme = 配色
scheme-light = 配色: 明るい
scheme-dark = 配色: 暗い
scheme-system = 配色: システムに合わせる
contact = お問い合わせ
feed = 更新フィード
archives = 月別の記事
all-guides = すべてのガイド
tags = タグ
close = 閉じる
copy = コピー
copied = コピーしました
link-to-heading = この見出しへのリンク
link-to-step = この手順へのリンク
zoom = 画像を拡大する
menu = メニュー

## 検索

search = 検索
search-placeholder = 困りごと、エラー番号、製品名で探す
search-results = 検索結果
search-count = { $count }件見つかりました
search-loading = 探しています…
search-more = すべての結果を見る
search-none = 「{ $query }」は見つかりませんでした。
search-missing = 「{ $words }」を含まない結果です。
search-near = もしかして:
search-help = 言葉を短くするか、別の言い方でお試しください。見つからないときは、ヘルプデスクにお尋ねください。
search-failed = 検索を読み込めませんでした。ページを読み込み直してください。
search-script = 検索にはJavaScriptが必要です。
search-examples = 例:
search-section = カテゴリー
search-tag = タグ
search-any = すべて

## トップ、セクション、一覧

sections = カテゴリー
section-guides = ガイド
latest = 最近の更新
important = よく見られるガイド
announcements = お知らせ
tag-title = タグ「{ $tag }」
guide-count = { $count }件
undated = 日付なし
glossary = 用語集
glossary-letters = 頭の文字
glossary-other = その他
glossary-synonyms = 別の言い方：
glossary-more = 詳しく見る：{ $title }

## ガイド

breadcrumb = 現在の位置
contents = 目次
section-navigation = このカテゴリーのガイド
fact-updated = 更新日
fact-written = 作成日
fact-review = 見直し予定
fact-owner = 担当
fact-audience = 対象
fact-reading = 読むのにかかる時間
reading-minutes = 約{ $minutes }分で読めます
notice-untranslated = このガイドはまだ翻訳されていません。{ $language }で表示しています。
notice-partly = このガイドは{ $percent }%が翻訳済みです。残りには印を付け、{ $language }のまま表示しています。
notice-stale = この翻訳は最新ではありません。元のガイド（{ $language }）がその後更新されています。
notice-read-source = 元のガイドを読む（{ $language }）
notice-review-overdue = このガイドは{ DATETIME($date) }に見直す予定でした。内容が古くなっている可能性があります。
notice-draft = このガイドは下書きです。
feedback-question = このガイドは役に立ちましたか？
feedback-yes = はい
feedback-no = いいえ
feedback-mail = メールで知らせる
edit-page = このページを編集する
neighbours = 前後のガイド
previous = 前へ
next = 次へ
related = 関連するガイド

## 本文の部品

callout-note = 補足
callout-tip = ヒント
callout-important = 重要
callout-warning = 注意
callout-caution = 警告
callout-danger = 危険
callout-success = 成功
callout-question = 質問
callout-example = 例
callout-admin = 管理者向け
callout-keywords = 検索キーワード
details = 詳細
figure = 図{ $number }
code-block = コード
table-region = 表{ $number }
task-done = 完了
task-open = 未完了
footnotes = 脚注
footnote-back = 本文へ戻る
remote-picture = 外部の画像:
remote-media = 外部の動画・音声:

## 見つからないページ、移動したページ

not-found-title = ページが見つかりません
not-found-text = お探しのページは移動したか、削除された可能性があります。アドレスが正しいかご確認ください。
not-found-home = トップページへ
moved-title = ページが移動しました
moved-text = このページは移動しました。
moved-link = 新しいページを開く
