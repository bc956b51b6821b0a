// A search engine whose answers never change: what the field, the panel and the page of the
// theme do with answers is tested with it.
//
// "ない" and "nothing" find nothing, "一部" and "partly" miss a word, "壊" and "broken"
// fail; everything else finds the same sections.
"use strict";
{
  const japanese = document.documentElement.lang === "ja";
  const title = japanese
    ? "スマートフォンを買い替えるときは、先に認証アプリを移しましょう"
    : "Getting a new phone? Move your authenticator app first";
  const prefix = japanese ? "" : "en/";
  const section = (path, heading, excerpt, more) => ({
    title,
    href: `${prefix}account/move/${path}`,
    section: japanese ? "アカウントとサインイン" : "Accounts and sign-in",
    heading,
    excerpt,
    lang: null,
    tags: japanese ? ["サインイン"] : ["Sign-in"],
    ...more,
  });
  const results = japanese
    ? [
        section("#move", "新しいスマートフォンへ移す", [["一覧に新しい", false], ["スマートフォン", true], ["が増えたら完了です。", false]]),
        section("#locked-out", "先に手放してしまったら", [["内線 5050 に電話してください。<b>「別の方法」</b>もあります。", false]]),
        section("", null, [["認証アプリ", true], ["の登録は端末ごとで、機種変更では引き継がれません。くわしくは社内ポータルをご覧ください。", false]]),
        section("", "パスキー", [["サインイン方法", true], ["を開きます。", false]], { title: "パスキーを登録する", href: "account/sign-in/passkey/" }),
        section("#narrow", "細い表", [["エレベーター前の", false], ["複合機", true]], { title: "表", href: "elements/tables/#narrow", section: "部品の見本", tags: ["見本"] }),
      ]
    : [
        section("#move", "Move to the new phone", [["When the new ", false], ["phone", true], [" is in the list, you are done.", false]]),
        section("#locked-out", "If the old phone is already gone", [["Call extension 5050. <b>Another way</b> may work, too.", false]]),
        section("", null, [["The ", false], ["authenticator", true], [" is registered per device; nothing is carried over with your other data, so begin here.", false]]),
        section("", "Register", [["Open ", false], ["Sign-in methods", true], [".", false]], { title: "Register a passkey", href: "en/account/sign-in/passkey/" }),
        section("#desk", "窓口へ行く", [["総務の", false], ["窓口", true], ["で", false]], { title: "社員証を再発行する", href: "en/account/untranslated/#desk", lang: "ja", tags: ["オフィス"] }),
      ];
  window.shirubeSearch.register(async (query, { section, tag, limit }) => {
    const asked = query.trim();
    if (/壊|broken/.test(asked)) throw new Error("the engine was told to fail");
    if (/ない|nothing/.test(asked)) {
      return { total: 0, missing: asked.split(/\s+/), near: [japanese ? "認証アプリ" : "authenticator"], results: [] };
    }
    const found = results
      .filter((result) => !section || result.href.startsWith(section))
      .filter((result) => !tag || result.tags.includes(tag));
    const missing = /一部|partly/.test(asked) ? [/一部/.test(asked) ? "一部" : "partly"] : [];
    return { total: found.length, missing, results: limit ? found.slice(0, limit) : found };
  });
}
