use std::collections::BTreeMap;

use super::*;
use crate::search::file::NAME;

/// The files of a dictionary by name, and its root.
fn filled(entries: &[(String, String)], bytes: usize) -> (Node, BTreeMap<String, String>) {
    let mut leaves = Leaves::new(bytes);
    let mut full = Vec::new();
    for (key, value) in entries {
        leaves.push(key, value, &mut full);
    }
    let keys = leaves.end(&mut full);
    let mut files = BTreeMap::new();
    let mut put = |json: String| {
        let name = format!("{:08}", files.len());
        files.insert(name.clone(), json);
        name
    };
    let children = keys.into_iter().zip(full).map(|(key, leaf)| (key, put(leaf))).collect();
    let root = root(children, |node| put(serde_json::to_string(node).expect("plain data")));
    (root, files)
}

/// The name of the child that holds `key`, if any.
fn child<'a>(node: &'a Node, key: &str) -> Option<&'a str> {
    let at = node.k.partition_point(|first| order(first, key).is_le()).checked_sub(1)?;
    node.f.get(at * NAME..(at + 1) * NAME)
}

/// What the dictionary holds under `key`, with as few files as there are levels.
fn found(root: &Node, files: &BTreeMap<String, String>, key: &str) -> Option<String> {
    let mut node = root.clone();
    loop {
        let json = &files[child(&node, key).expect("every key has its child")];
        if node.d == 0 {
            let leaf: Vec<String> = serde_json::from_str(json).expect("a leaf");
            let entry = leaf.chunks(2).find(|entry| entry[0] == key);
            return entry.map(|entry| entry[1].clone());
        }
        node = serde_json::from_str(json).expect("a node");
    }
}

fn check(entries: &[(String, String)], bytes: usize, depth: u32) {
    let (root, files) = filled(entries, bytes);
    assert_eq!(root.d, depth);
    assert!(root.k.len() <= MOST && root.k[0].is_empty());
    for (key, value) in entries {
        assert_eq!(found(&root, &files, key).as_ref(), Some(value), "{key:?}");
        assert_eq!(found(&root, &files, &format!("{key}\u{1}")), None);
    }
}

#[test]
fn every_key_is_found_at_every_depth() {
    let entries = |count: u32| -> Vec<(String, String)> {
        (0..count).map(|at| (format!("t{at:06}"), format!("値{at}"))).collect()
    };
    check(&entries(40), 100, 0);
    check(&entries(3_000), 100, 1);
    check(&entries(30_000), 60, 2);
}

#[test]
fn keys_stand_in_the_order_of_javascript() {
    let mut keys = ["t\u{ff5e}", "t\u{10000}", "ta", "t", "tあ", "t\u{e000}", "t\u{20bb7}"];
    keys.sort_by(|a, b| order(a, b));
    let mut wanted = keys;
    wanted.sort_by_key(|key| key.encode_utf16().collect::<Vec<u16>>());
    assert_eq!(keys, wanted);
}

#[test]
fn kinds_of_key_do_not_share_leaves_unless_they_are_small() {
    let value = "x".repeat(100);
    let entries = |kind: &str, count| -> Vec<(String, String)> {
        (0..count).map(|at| (format!("{kind}{at:03}"), value.clone())).collect()
    };
    let all = [entries("d", 1), entries("f", 2), entries("r", 30), entries("t", 1)].concat();
    let (root, files) = filled(&all, 9_000);
    assert_eq!(root.k, ["", "f", "t"], "guides have their own");
    assert!(files["00000000"].starts_with("[\"d000\","));
    assert!(files["00000001"].starts_with("[\"f000\","));
    assert!(files["00000002"].starts_with("[\"t000\","));
}

#[test]
fn an_empty_dictionary_has_no_children() {
    let (root, _) = filled(&[], 100);
    assert_eq!(root, Node { k: Vec::new(), f: String::new(), d: 0 });
    assert_eq!(child(&root, "a"), None);
}

proptest::proptest! {
    #[test]
    fn any_keys_are_found(
        held in proptest::collection::btree_map("[a-c\\u{3042}-\\u{3050}\u{ff5e}\u{20bb7}\"\\\\<]{1,5}", ".{0,20}", 0..200),
        bytes in 20..400usize,
    ) {
        let mut entries: Vec<(String, String)> = held.into_iter().collect();
        entries.sort_by(|a, b| order(&a.0, &b.0));
        let (root, files) = filled(&entries, bytes);
        for (key, value) in &entries {
            let found = found(&root, &files, key);
            proptest::prop_assert_eq!(found.as_ref(), Some(value));
        }
    }
}
