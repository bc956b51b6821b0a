# 端末に表示する文言。

## 問題の件数。

tally-none = 問題はありません
tally-errors = エラー { $count } 件
tally-warnings = 警告 { $count } 件
tally-notes = お知らせ { $count } 件
# 件数の区切り。
tally-join = 、
