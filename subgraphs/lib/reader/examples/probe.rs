use std::io::BufRead;
fn main() {
    let people = ["Ada", "Ben", "Chloé Martin", "Dan", "Dora (guest)"];
    for line in std::io::stdin().lock().lines() {
        let text = line.unwrap();
        let q = reader::Question {
            text: &text,
            people: &people,
            speaker: 0,
            currency: money::Currency::from_code("EUR").unwrap(),
            today: "2026-11-18".parse().unwrap(),
            total: None,
        };
        let r = reader::read(&q);
        let shares = r.total.zip(r.split.as_ref()).map(|(t, s)| {
            money::split::split(t, s, 0)
                .map(|v| v.into_iter().map(|(p, m)| format!("{}:{}", &people[p][..3], m)).collect::<Vec<_>>().join(" "))
        });
        println!(
            "{text}\n    {} {:?} total={} date={:?} cat={:?} payers={:?} shares={:?}",
            if r.questions.is_empty() { "READY" } else { "ASK  " },
            r.description.unwrap_or_default(),
            r.total.map(|t| format!("{t} {}", t.currency)).unwrap_or_default(),
            r.date.map(|d| d.to_string()).unwrap_or_default(),
            r.category.unwrap_or_default(),
            r.payers,
            shares
        );
        if !r.questions.is_empty() {
            println!("    ? {}", r.questions.join(" | "));
        }
    }
}
