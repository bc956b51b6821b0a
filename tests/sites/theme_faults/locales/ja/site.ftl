callout-not = メモ
