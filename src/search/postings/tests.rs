use super::*;

fn lengths(title: u32, heading: u32, body: u32) -> Lengths {
    let mut lengths = Lengths::default();
    for (field, length) in [(TITLE, title), (HEADING, heading), (BODY, body)] {
        lengths.fields[field] = length;
    }
    lengths
}

#[test]
fn classes_are_twice_the_logarithm() {
    for length in (0..60_000u32).step_by(7) {
        let wanted = (2.0 * f64::from(1 + length).log2()).round();
        assert!((f64::from(length_class(length)) - wanted).abs() < 0.5, "{length}");
    }
}

/// A posting of these places, each a field and a position.
fn posting(places: &[(usize, u32)], lengths: &Lengths) -> Vec<u8> {
    let packed = |(field, at): &(usize, u32)| packed(small(*field), *at);
    let mut out = Vec::new();
    write(&mut out, &places.iter().map(packed).collect::<Vec<_>>(), &Shape::of(lengths));
    out
}

#[test]
fn a_posting_is_written_in_few_symbols() {
    let out = posting(&[(BODY, 3), (BODY, 10)], &lengths(4, 0, 100));
    assert_eq!(out, b"'0&*", "4: two in the body; class 13; 3, then 7");
    assert_eq!(mask(&out), 0);
    let out = posting(&[(TITLE, 1)], &lengths(4, 0, 100));
    assert_eq!(out, b"$$'$$", "1: others; title; 4 long; one; at 1");
    assert_eq!(mask(&out), 1);
}

/// Postings of one token in many guides, as they come.
fn many(guides: u32, places: u32) -> (Vec<(u32, Vec<u8>)>, Vec<Lengths>) {
    let lengths: Vec<Lengths> = (0..guides).map(|at| lengths(3 + at % 5, 8, 50 + at)).collect();
    let one = |at: u32| {
        let mut own: Vec<(usize, u32)> = (0..=at % places).map(|n| (BODY, 40 + n * 3)).collect();
        if at.is_multiple_of(11) {
            own.insert(0, (TITLE, 1));
        }
        if at.is_multiple_of(13) {
            own.push((CODE, 900));
        }
        (at, posting(&own, &lengths[at as usize]))
    };
    let postings = (0..guides).map(one).collect();
    (postings, lengths)
}

#[test]
fn a_long_list_begins_with_the_guides_that_are_most_about_it() {
    let averages = Averages { guides: 9, fields: [5.0, 8.0, 1.0, 20.0, 2.0, 500.0] };
    let (postings, lengths) = many(3_000, 9);
    let postings: Vec<(u32, &[u8])> = postings.iter().map(|(doc, own)| (*doc, &**own)).collect();
    let tiers = tiers(&postings, |doc| &lengths[doc as usize], &averages);
    assert!(tiers.len() > 2 && tiers[0].len() <= 3_100 && tiers[1].len() <= 6_100);
    let (all, first) = decoded(&tiers[0], true).expect("it was written so");
    assert_eq!(all, 3_000);
    assert!(first.iter().filter(|own| !own.others[TITLE].is_empty()).count() * 2 > first.len());
    let mut found: Vec<Posting> = first;
    for tier in &tiers[1..] {
        found.extend(decoded(tier, false).expect("it was written so").1);
    }
    found.sort_by_key(|posting| posting.doc);
    assert!(found.iter().map(|posting| posting.doc).eq(0..3_000), "each guide stands once");
}

proptest::proptest! {
    #[test]
    fn lists_are_read_as_they_were_written(
        guides in proptest::collection::btree_map(
            0..100_000u32,
            proptest::collection::btree_set((0..6usize, 0..60_000u32), 1..120),
            0..40,
        ),
        long in proptest::prelude::any::<[u16; 6]>(),
    ) {
        let lengths = Lengths { fields: long.map(u32::from) };
        let mut written = Vec::new();
        let mut wanted = Vec::new();
        for (doc, places) in &guides {
            let mut places: Vec<(usize, u32)> = places.iter().copied().collect();
            places.sort_by_key(|(_, at)| *at);
            let of = |field: usize, most: usize| -> Vec<u32> {
                let own = places.iter().filter(|(own, _)| *own == field);
                own.map(|(_, at)| *at).take(most).collect()
            };
            let others: [Vec<u32>; MARKED] = std::array::from_fn(|field| of(field, MOST_OTHER));
            let body = of(BODY, MOST_BODY);
            let class = |held: &[u32], field: usize| {
                if held.is_empty() { 0 } else { length_class(lengths.fields[field]) }
            };
            wanted.push(Posting {
                doc: *doc,
                body_class: class(&body, BODY),
                title_length: if others[TITLE].is_empty() { 0 } else { lengths.fields[TITLE] },
                heading_class: class(&others[HEADING], HEADING),
                body,
                others,
            });
            written.push((*doc, posting(&places, &lengths)));
        }
        let postings: Vec<(u32, &[u8])> = written.iter().map(|(doc, own)| (*doc, &**own)).collect();
        let averages = Averages { guides: 9, fields: [1.0; 6] };
        let mut found = Vec::new();
        let mut all = 0;
        for (at, tier) in tiers(&postings, |_| &lengths, &averages).iter().enumerate() {
            let (count, read) = decoded(tier, at == 0).expect("it was written so");
            all += count;
            found.extend(read);
        }
        found.sort_by_key(|posting| posting.doc);
        proptest::prop_assert_eq!(all as usize, wanted.len());
        proptest::prop_assert_eq!(found, wanted);
    }
}
