# ライター用ダッシュボードの文言。

dash-title = Shirube ダッシュボード
dash-skip = 本文へ
dash-to-site = サイトのプレビューへ
dash-broken = 今の状態ではサイトを作れません。プレビューは、直前の正しいページを表示しています。
dash-at-a-glance = 全体のようす
dash-none = なし
dash-count = { $count } 件
dash-number = { $count }
dash-rest = ほか { $count } 件
dash-all = { $count } 件すべてを表示
dash-page = ページ

## 上に並ぶ数。数字はこの文言の上に表示する。

dash-tile-errors = エラー
dash-tile-warnings = 警告
dash-tile-notes = お知らせ
dash-tile-untranslated = 翻訳が足りないガイド
dash-tile-overdue = 見直しの期限切れ
dash-tile-silent = 代替テキストのない画像
dash-tile-hidden = 非公開のガイド

## 問題。

dash-problems = 問題
dash-views = 問題の並べ方
dash-by-file = ファイル別
dash-by-rule = 種類別
dash-site = サイト全体
dash-open = ページを開く
dash-explain = この診断の説明
dash-mended = この問題はなくなりました。
dash-back = この種類の問題へ

## 翻訳。

dash-translations = 翻訳
dash-one-language = このサイトは 1 つの言語だけです。
dash-guides = ガイド { $count } 本
dash-language = 言語
dash-translated = 翻訳済み
dash-missing = 未翻訳
dash-progress = { $language } への翻訳
dash-all-translated = すべてのガイドが、すべての言語に翻訳されています。
dash-untranslated = 翻訳が足りないガイド
dash-guide = ガイド
dash-yes = ✓ あり
dash-no = – なし

dash-behind = 翻訳の遅れを文ごとに見る
dash-to-dashboard = ダッシュボードへ
dash-share = { $texts } 文のうち { $percent } % が翻訳済み
dash-all-current = すべてのガイドの翻訳が最新です。
dash-texts-stale = 古い { $count }
dash-texts-missing = 未翻訳 { $count }
dash-texts-gone = 原文で削除 { $count }
dash-pictures-missing = 原文のままの図 { $count }
dash-pictures-older = 古い図 { $count }
dash-unextracted = 前回の `shirube i18n extract` のあとに編集あり
dash-changed = 原文の変更
dash-grave = 重要

## 見直し。

dash-reviews = 見直し
dash-nothing-due = 90 日以内に見直すガイドはありません。
dash-no-owner = 担当者なし
dash-overdue = 期限切れ { $count } 件
dash-month = 30 日以内 { $count } 件
dash-quarter = 90 日以内 { $count } 件
dash-late = { $count } 日超過
dash-left = { $count ->
    [0] 今日まで
   *[other] あと { $count } 日
  }

## 画像。

dash-pictures = 画像
dash-silent = 代替テキストなし
dash-large = 大きすぎる画像
dash-unused = どのガイドも使っていない画像

## 読む人に表示されないもの。

dash-unpublished = 非公開
dash-drafts = 下書き
dash-coming = 公開前
dash-expired = 期限切れ

## ビルド。

dash-build = 起動してからの処理
dash-pages = ページ
dash-time = 時間
dash-memory = メモリー
dash-index = 検索の索引
dash-files = { $count } ファイル
dash-stages = 処理の内訳
dash-stage = 処理
dash-runs = 実行
dash-reuses = 再利用
