use std::collections::BTreeMap;

use super::*;
use crate::search::query::Reader;
use crate::search::record::{Field, Section};

/// A guide of one section, in two scripts.
fn guide(number: u32) -> Record {
    let text = format!("仮想マシン{number}台を再起動する。 Restart the Cosmos DB {number} times.");
    let blocks = vec![(Field::Body, 0..text.len())];
    let section = Section { text, blocks, ..Section::default() };
    let title = if number.is_multiple_of(3) { "Wi-Fiの設定" } else { "Password" };
    Record { title: format!("{title} {number}"), sections: vec![section], ..Record::default() }
}

/// The files of an index of so many guides, which so many threads read.
fn built(guides: u32, threads: u32) -> BTreeMap<String, String> {
    let collector = Collector::new(1, guides as usize);
    let mut drafts: Vec<(u32, Draft)> = Vec::new();
    std::thread::scope(|scope| {
        let read = |thread: u32| {
            let own = (0..guides).filter(move |number| number % threads == thread);
            own.map(|number| (number, collector.read(&guide(number), number, &[0])))
        };
        let started: Vec<_> =
            (0..threads).map(|at| scope.spawn(move || read(at).collect::<Vec<_>>())).collect();
        drafts.extend(started.into_iter().flat_map(|own| own.join().expect("nothing panics")));
    });
    drafts.sort_by_key(|(number, _)| *number);
    let files = Mutex::new(BTreeMap::new());
    let put = |made: Vec<File>| {
        let mut files = files.lock().expect("nothing panics");
        made.into_iter().for_each(|file| _ = files.insert(file.path, file.text));
    };
    let mut index = Index::new("ja");
    for (number, draft) in &drafts {
        let head = Head { url: format!("g/{number}/"), ..Head::default() };
        let filters = Filters { sections: vec!["g/".to_owned()], tags: Vec::new() };
        put(index.add(*number, &head, &filters, draft));
    }
    let own = vec![vec!["再起動".to_owned(), "restart".to_owned(), "reboot".to_owned()]];
    let groups = [Table { own, shipped: Vec::new() }];
    finish(&collector, vec![index], &groups, &put);
    files.into_inner().expect("nothing panicked")
}

fn open(files: &BTreeMap<String, String>) -> Reader<'_> {
    let load = |name: &str| files.get(&format!("{}{name}.js", Index::folder("ja"))).cloned();
    Reader::open(Box::new(load)).expect("a sound index")
}

#[test]
fn what_is_put_in_is_read_back() {
    let files = built(200, 1);
    let index = open(&files);
    assert_eq!((index.locale(), index.guides()), ("ja", 200));
    let holders = |token: &str| -> Vec<u32> {
        let found = index.postings(token, 0).expect("a sound index");
        found.map_or_else(Vec::new, |(_, own)| own.iter().map(|own| own.doc).collect())
    };
    assert_eq!(holders("wifi"), (0..200).step_by(3).collect::<Vec<_>>());
    assert_eq!(holders("199"), [199]);
    assert_eq!(holders("cosmosdb"), [0; 0], "only titles and headings join words");
    let (all, first) = index.postings("仮想", 0).expect("a sound index").expect("it is there");
    assert!(all == 200 && !first.is_empty());
    assert_eq!(index.get("s再起動").expect("a sound index").as_deref(), Some("restart"));
    assert_eq!(index.filter("sg/").expect("a filter").len(), 200);
    let fragment = index.fragment(130).expect("a sound index").expect("a document");
    assert_eq!(fragment["u"], "g/130/");
}

#[test]
fn threads_leave_no_trace() {
    let wanted = built(90, 1);
    assert!(built(90, 3) == wanted);
}

#[test]
fn an_index_of_nothing_can_be_opened() {
    let files = built(0, 1);
    let index = open(&files);
    assert_eq!((index.guides(), index.postings("x", 0)), (0, Ok(None)));
}
