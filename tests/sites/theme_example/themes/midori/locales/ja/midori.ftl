callout-policy = 社内規程
company = 会社のサイト
portal = 社内ポータル
questions = このページの質問
contact-phone = 内線 { $phone }
contact-floor = { $floor }階
contact-urgent = 急ぎのときは電話で
