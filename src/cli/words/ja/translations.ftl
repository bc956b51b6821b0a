# 翻訳について画面に出す言葉。


## status

# ある言語のガイドの一覧の上に。
i18n-locale = { $locale }: { $guides } 本のガイドの { $texts } 文のうち { $percent } % が翻訳済み
i18n-complete = 完了 { $count }
i18n-partly = 一部 { $count }
i18n-stale = 古い翻訳あり { $count }
i18n-missing = 未翻訳 { $count }
i18n-texts-stale = 古い { $count }
i18n-texts-missing = 未翻訳 { $count }
i18n-texts-gone = 原文で削除 { $count }
i18n-pictures-missing = 原文のままの図 { $count }
i18n-pictures-older = 古い図 { $count }
i18n-not-begun = 未着手
i18n-not-tracked = 追跡なし（どの原文から訳したか不明）
i18n-not-extracted = 原文がその後編集されています。`shirube i18n extract` を実行してください
i18n-text-stale = 古い翻訳
i18n-text-missing = 未翻訳
i18n-text-gone = 原文で削除
i18n-grave = 、重要
i18n-picture-missing = { $path } に、この言語の図がありません
i18n-picture-older = { $path } は、原文の図より古いものです

# ある言語のガイドの一覧の下に。サイトの言葉のまちがい。
i18n-words = サイトの言葉（{ $locale }）
i18n-word-message = メッセージ `{ $id }` がありません
i18n-word-term = 用語 `{ $id }` がありません
i18n-word-attributes = 用語 `{ $id }` に { $names } がありません
i18n-word-unused = メッセージ `{ $id }` はどこからも使われていません
i18n-word-dropped = メッセージ `{ $id }` に、原文にある { $names } がありません
i18n-word-invented = メッセージ `{ $id }` に、原文にない { $names } があります
i18n-word-interface = テーマのメッセージのうち { $count } 個に、この言語の言葉がありません: { $names }{ $more ->
    [0] {""}
   *[other] 、ほか { $more } 個
  }

## export と import

i18n-exported = { $locale }: { $folder } に { $files } 個のファイルを書き出しました
i18n-nothing-to-export = `{ $locale }` のカタログを持つガイドがありません。`shirube i18n extract` で作ってください
i18n-not-po = { $path } は PO ファイルとして読めません（{ $line } 行目）
i18n-no-guide-in = { $path } には、どのガイドのものか書かれていません（先頭の X-Shirube-Guide）。取り込みませんでした
i18n-no-language-in = { $path } には言語が書かれていません。`--locale` で指定してください
i18n-no-catalogue = { $path } は { $guide } のものですが、`{ $locale }` のカタログがありません。`shirube i18n extract` で作ってください
i18n-imported = { $path }: { $count } 件の翻訳（うち古い原文のもの { $stale } 件）
i18n-import-unknown = { $path } に、カタログにない文があります: { $ids }
i18n-import-older = { $path } に、前の原文の翻訳があります。カタログの新しい翻訳を残しました: { $ids }
i18n-import-unreadable = { $path } に、Fluent として読めない翻訳があります（括弧の閉じ忘れなど）。取り込みませんでした: { $ids }
