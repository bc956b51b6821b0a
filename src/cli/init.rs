//! `shirube init`: a site in an empty folder, or a `shirube.yaml` for a Hexo blog.
//!
//! Never overwrites a file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::args::InitArgs;
use super::words::{Lang, Message, Words};
use super::{Failure, hexo, report, site, streams};
use crate::host::{Error, output, tree};

pub(super) fn run(args: &InitArgs, words: &Words) -> Result<ExitCode, Failure> {
    let folder = args.dir.clone().unwrap_or_else(|| PathBuf::from("."));
    let settings = folder.join(tree::CONFIG);
    if settings.exists() {
        return Err(Message::new("exists").shown("path", settings.display()).into());
    }
    if args.from_hexo { from_hexo(&folder, &settings, words) } else { fresh(&folder, words) }
}

fn fresh(folder: &Path, words: &Words) -> Result<ExitCode, Failure> {
    let files = match words.lang() {
        Lang::Ja => JAPANESE,
        Lang::En => ENGLISH,
    };
    let taken = files.iter().map(|(path, _)| folder.join(path)).find(|path| path.exists());
    if let Some(path) = taken {
        return Err(Message::new("init-taken").shown("path", path.display()).into());
    }
    let day = site::today(&crate::dates::Zone::utc())?.to_string();
    for (path, text) in files {
        let path = folder.join(path);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(Error::on("make", parent))?;
        fs::write(&path, text.replace("DAY", &day)).map_err(Error::on("write", &path))?;
        streams::err_line(&wrote(&path, words));
    }
    let shown = Message::new("init-show").shown("folder", output::resolved(folder).display());
    streams::err_line(&words.say(&shown));
    Ok(ExitCode::SUCCESS)
}

/// What is said of a file that was written.
pub(super) fn wrote(path: &Path, words: &Words) -> String {
    words.say(&Message::new("wrote").shown("path", path.display()))
}

fn from_hexo(folder: &Path, settings: &Path, words: &Words) -> Result<ExitCode, Failure> {
    let config = folder.join("_config.yml");
    let text = fs::read(&config).map_err(Error::on("read", &config))?;
    let text = String::from_utf8(text)
        .map_err(|_| Message::new("init-not-utf8").shown("path", config.display()))?;
    let listed = tree::list(folder, &[""], &folder.join("node_modules"))?;
    let files: Vec<hexo::File> = listed
        .iter()
        .map(|file| hexo::File {
            path: file.path.as_str().to_owned(),
            text: hexo::wants_text(file.path.as_str())
                .then(|| fs::read(&file.on_disk).ok())
                .flatten()
                .map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
        })
        .collect();
    let plan = hexo::plan(&text, &files, words.lang())
        .map_err(|reason| Failure::Usage(report::phrase(&reason, words.lang())))?;
    fs::write(settings, &plan.settings).map_err(Error::on("write", settings))?;
    streams::err_line(&wrote(settings, words));
    for line in &plan.report {
        streams::err_line(&report::phrase(line, words.lang()));
    }
    Ok(ExitCode::SUCCESS)
}

const JAPANESE: &[(&str, &str)] = &[
    (
        "shirube.yaml",
        "# サイトの設定。どの行も省けます。一覧: マニュアルの「サイトの設定」\n\
         title: IT ヘルプデスク\ndescription: 困ったときに最初に開くページです。\n\
         locales: [ja]\ntimezone: Asia/Tokyo\n# base_url: https://help.example.co.jp/\n",
    ),
    (
        "content/index.md",
        "---\ntitle: IT ヘルプデスク\ndescription: 困ったときに最初に開くページです。\n---\n\n\
         探しているガイドが見つからないときは、ヘルプデスクに連絡してください。\n",
    ),
    (
        "content/account/index.md",
        "---\ntitle: アカウント\ndescription: サインインとパスワード。\norder: 1\n---\n",
    ),
    (
        "content/account/first-guide.md",
        "---\ntitle: 最初のガイド\ndescription: このファイルを書き換えてみてください。\ndate: DAY\n\
         tags: [はじめに]\n---\n\n保存すると、ブラウザーの表示がすぐに変わります。\n\n## 手順\n\n\
         1. `content/account/first-guide.md` を開きます。\n2. 文章を書き換えて保存します。\n\n\
         > [!TIP]\n> スクリーンショットは `content/account/first-guide/` に置き、\
         `![説明](first-guide/画像.png)` と書きます。\n",
    ),
];

const ENGLISH: &[(&str, &str)] = &[
    (
        "shirube.yaml",
        "# The site's settings. Every line may be left out; the manual lists them all.\n\
         title: IT help desk\ndescription: The page to open first when something does not work.\n\
         locales: [en]\ntimezone: UTC\n# base_url: https://help.example.com/\n",
    ),
    (
        "content/index.md",
        "---\ntitle: IT help desk\ndescription: The page to open first when something does not work.\n\
         ---\n\nIf the guide you need is not here, ask the help desk.\n",
    ),
    (
        "content/account/index.md",
        "---\ntitle: Account\ndescription: Signing in and passwords.\norder: 1\n---\n",
    ),
    (
        "content/account/first-guide.md",
        "---\ntitle: Your first guide\ndescription: Edit this file and watch the page.\ndate: DAY\n\
         tags: [Getting started]\n---\n\nSave, and the page in the browser follows.\n\n## Steps\n\n\
         1. Open `content/account/first-guide.md`.\n2. Change a sentence and save.\n\n> [!TIP]\n> \
         Screenshots go into `content/account/first-guide/`; write `![what it shows](first-guide/picture.png)`.\n",
    ),
];
