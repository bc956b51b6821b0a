callout-policy = 社内規程
answers = { $count } 件の答え
