//! Numbers that look random and are the same in every run, and sentences made with them.

/// A generator of numbers: SplitMix64.
pub(crate) struct Dice(u64);

impl Dice {
    /// A generator for one purpose: equal seeds give equal numbers.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5348_4952_5542_4531)
    }

    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// One of `items`.
    pub(crate) fn pick<'a>(&mut self, items: &[&'a str]) -> &'a str {
        items[self.below(items.len())]
    }
}

/// What a text is written in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Japanese,
    English,
}

const THINGS_JA: &[&str] = &[
    "アカウント",
    "パスワード",
    "認証アプリ",
    "社内ネットワーク",
    "VPN接続",
    "共有フォルダー",
    "複合機",
    "プリンター",
    "会議室の予約",
    "メールの署名",
    "迷惑メール",
    "在宅勤務の申請",
    "経費の精算",
    "ソフトウェアの更新",
    "ウイルス対策",
    "バックアップ",
    "証明書",
    "端末の登録",
    "二段階認証",
    "ログの保存先",
    "Azure Monitor",
    "リソース グループ",
    "アラート ルール",
    "ワークスペース",
    "エージェント",
    "仮想マシン",
    "ストレージ",
    "管理者の権限",
    "通知の設定",
    "問い合わせ窓口",
];

const ACTS_JA: &[&str] = &[
    "確認します",
    "設定します",
    "開きます",
    "保存します",
    "再起動します",
    "登録し直します",
    "有効にします",
    "無効にします",
    "削除します",
    "更新します",
    "管理者に依頼します",
    "画面の指示に従って進めます",
    "一覧から選びます",
    "手順の初めに戻ります",
];

const TAILS_JA: &[&str] = &[
    "うまくいかないときは、ヘルプデスクへ連絡してください。",
    "この操作には数分かかることがあります。",
    "表示される項目は、ご利用の環境によって異なる場合があります。",
    "変更は次回のサインインから有効になります。",
    "なお、旧バージョンではこの項目は表示されません。",
];

const THINGS_EN: &[&str] = &[
    "account",
    "password",
    "authenticator app",
    "company network",
    "VPN connection",
    "shared folder",
    "multifunction printer",
    "meeting room",
    "mail signature",
    "junk mail",
    "remote work request",
    "expense report",
    "software update",
    "virus scanner",
    "backup",
    "certificate",
    "device registration",
    "second factor",
    "log destination",
    "Azure Monitor",
    "resource group",
    "alert rule",
    "workspace",
    "agent",
    "virtual machine",
    "storage account",
    "administrator role",
    "notification setting",
    "help desk",
    "sign-in page",
];

const ACTS_EN: &[&str] = &[
    "open", "check", "save", "restart", "register", "enable", "disable", "remove", "update",
    "select", "compare", "confirm", "replace", "review",
];

const TAILS_EN: &[&str] = &[
    "If this does not work, call the help desk and keep the window open.",
    "It may take a few minutes until the change is shown everywhere.",
    "What you see depends on the version that is installed on your device.",
    "The change takes effect at your next sign-in.",
    "Older versions do not show this entry at all.",
];

/// A thing that guides are about.
pub(crate) fn thing(dice: &mut Dice, language: Language) -> &'static str {
    match language {
        Language::Japanese => dice.pick(THINGS_JA),
        Language::English => dice.pick(THINGS_EN),
    }
}

/// A line for a title or a heading.
pub(crate) fn heading(dice: &mut Dice, language: Language) -> String {
    let (one, other) = (thing(dice, language), thing(dice, language));
    match (language, dice.below(3)) {
        (Language::Japanese, 0) => format!("{one}と{other}の手順"),
        (Language::Japanese, 1) => format!("{one}が使えないとき"),
        (Language::Japanese, _) => format!("{one}を{other}に移す"),
        (Language::English, 0) => format!("Set up the {one} and the {other}"),
        (Language::English, 1) => format!("When the {one} does not respond"),
        (Language::English, _) => format!("Move the {one} to the {other}"),
    }
}

/// One sentence, some with marks of Markdown.
pub(crate) fn sentence(dice: &mut Dice, language: Language) -> String {
    let (one, other) = (thing(dice, language), thing(dice, language));
    let number = dice.below(9_000) + 1_000;
    match language {
        Language::Japanese => {
            let act = dice.pick(ACTS_JA);
            match dice.below(8) {
                0 => format!("「**{one}**」を開き、{other}の値が`{number}`であることを{act}。"),
                1 => format!("{one}については、{other}の画面で状態を{act}。"),
                2 => format!("まず{one}を選び、次に**{other}**を{act}。"),
                3 => format!("番号{number}のエラーが出たら、{one}と{other}を{act}。"),
                4 => dice.pick(TAILS_JA).to_owned(),
                _ => format!("{one}から{other}までの設定を、順番に{act}。"),
            }
        }
        Language::English => {
            let act = dice.pick(ACTS_EN);
            match dice.below(8) {
                0 => format!("Choose **{one}** and {act} the {other} with the code `{number}`."),
                1 => format!("For the {one}, {act} the state on the page of the {other}."),
                2 => format!("First select the {one}, then {act} the **{other}** once more."),
                3 => format!("When error {number} is shown, {act} the {one} and the {other}."),
                4 => dice.pick(TAILS_EN).to_owned(),
                _ => format!("You can {act} everything from the {one} to the {other} in order."),
            }
        }
    }
}

/// Sentences of at least `bytes` bytes; a line holds one or two.
pub(crate) fn paragraph(dice: &mut Dice, language: Language, bytes: usize) -> String {
    let mut text = String::new();
    while text.len() < bytes {
        if !text.is_empty() {
            text.push(match (language, dice.below(2)) {
                (_, 0) => '\n',
                (Language::English, _) => ' ',
                (Language::Japanese, _) => '\u{2060}',
            });
        }
        text.push_str(&sentence(dice, language));
    }
    text.replace('\u{2060}', "") + "\n\n"
}
