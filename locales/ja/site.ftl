# ヘルプデスクの言葉。テーマの言葉の上に重なります。
feedback-question = このガイドで解決しましたか？
feedback-mail = メールで知らせる
latest = 最近変わったガイド
sections = 困りごとから探す
