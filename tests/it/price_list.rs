//! AWS's bulk price list on this machine: cut off in the middle, of another layout, of other units. Then the old book stays.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use guardrail::model::{Price, PriceSource, Region};
use guardrail::prices::{Answer, Entry, sku};
use serde_json::{Value, json};

use crate::price_book::change::{Answers, differences, refreshed};
use crate::price_book::list::{List, read};

const TOKYO: &str = "ap-northeast-1";
const INSTANCE: &str = "AmazonEC2 instanceType=t3.micro operatingSystem=Linux";
const DISK: &str = "AmazonEC2 productFamily=Storage volumeApiName=gp3";
const NAT: &str = "AmazonEC2 group=NGW:NatGateway usagetype=NatGateway-Hours";
/// Not in the list of these tests.
const GONE: &str = "AmazonEC2 instanceType=t1.micro operatingSystem=Linux";

/// The files of a price list, by path; the first answer of some is cut off in the middle.
#[derive(Clone, Default)]
struct Shelf {
    files: Vec<(String, String)>,
    cut: Arc<Mutex<Vec<String>>>,
    /// Each request: its path, and where in the file it begins.
    asked: Arc<Mutex<Vec<(String, usize)>>>,
}

impl Shelf {
    /// The files of EC2 in some regions, and their index.
    fn of(regions: &[(&str, Value)]) -> Self {
        let address = |region: &str| format!("/offers/v1.0/aws/AmazonEC2/20261101000000/{region}/index.json");
        let place = |(region, _): &(&str, Value)| {
            let place = json!({ "regionCode": region, "currentVersionUrl": address(region) });
            ((*region).to_owned(), place)
        };
        let index: serde_json::Map<_, _> = regions.iter().map(place).collect();
        let index = json!({ "formatVersion": "v1.0", "publicationDate": "2026-11-01T00:00:00Z", "regions": index });
        let index = ("/offers/v1.0/aws/AmazonEC2/current/region_index.json".to_owned(), index.to_string());
        let files = regions.iter().map(|(region, file)| (address(region), file.to_string()));
        Self { files: files.chain([index]).collect(), ..Self::default() }
    }

    fn serve(&self) -> String {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let shelf = self.clone();
        std::thread::spawn(move || listener.incoming().for_each(|stream| shelf.answer(stream.unwrap())));
        address
    }

    fn answer(&self, mut stream: TcpStream) {
        let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map(Result::unwrap);
        let path = lines.next().unwrap().split(' ').nth(1).unwrap().to_owned();
        let mut from = 0;
        for line in lines.take_while(|line| !line.is_empty()) {
            if let Some(range) = line.to_ascii_lowercase().strip_prefix("range: bytes=") {
                from = range.trim_end_matches('-').parse().unwrap();
            }
        }
        self.asked.lock().unwrap().push((path.clone(), from));
        let Some((_, file)) = self.files.iter().find(|(known, _)| *known == path) else {
            let _ = stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return;
        };
        let (rest, total) = (&file.as_bytes()[from..], file.len());
        let status = if from == 0 { "200 OK" } else { "206 Partial Content" };
        let range =
            if from == 0 { String::new() } else { format!("Content-Range: bytes {from}-{}/{total}\r\n", total - 1) };
        let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n{range}Connection: close\r\n\r\n", rest.len());
        let mut cut = self.cut.lock().unwrap();
        let is_cut = cut.iter().position(|it| path.contains(it.as_str())).map(|at| cut.remove(at)).is_some();
        let sent = if is_cut { &rest[..rest.len() / 2] } else { rest };
        let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(sent));
    }
}

/// The file of a region as AWS publishes it, with an instance, a disk and a NAT gateway.
fn file(region: &str, unit: &str, usd: [&str; 3]) -> Value {
    let instance = json!({ "regionCode": region, "instanceType": "t3.micro", "operatingSystem": "Linux", "tenancy": "Shared",
        "preInstalledSw": "NA", "capacitystatus": "Used", "licenseModel": "No License required",
        "usagetype": "APN1-BoxUsage:t3.micro", "operation": "RunInstances" });
    let windows = json!({ "regionCode": region, "instanceType": "t3.micro", "operatingSystem": "Windows", "tenancy": "Shared",
        "preInstalledSw": "NA", "capacitystatus": "Used", "licenseModel": "No License required" });
    let disk = json!({ "regionCode": region, "volumeApiName": "gp3", "usagetype": "APN1-EBS:VolumeUsage.gp3" });
    let nat = json!({ "regionCode": region, "group": "NGW:NatGateway", "usagetype": "APN1-NatGateway-Hours" });
    let term = |number: &str, unit: &str, usd: &str| {
        let dimension = json!({ "unit": unit, "beginRange": "0", "endRange": "Inf", "pricePerUnit": { "USD": usd } });
        json!({ format!("{number}.JRTCKXETXF"): { "sku": number, "priceDimensions": { format!("{number}.JRTCKXETXF.6YS6EN2CT7"): dimension } } })
    };
    let upfront = json!({ "A.R": { "sku": "A", "priceDimensions": { "A.R.1": { "unit": "Quantity", "pricePerUnit": { "USD": "51" } } } } });
    json!({
        "formatVersion": "v1.0", "offerCode": "AmazonEC2", "version": "20261101000000",
        "products": {
            "A": { "sku": "A", "productFamily": "Compute Instance", "attributes": instance },
            "B": { "sku": "B", "productFamily": "Storage", "attributes": disk },
            "C": { "sku": "C", "productFamily": "NAT Gateway", "attributes": nat },
            "D": { "sku": "D", "productFamily": "Compute Instance", "attributes": windows },
        },
        "terms": {
            "OnDemand": {
                "A": term("A", if unit == "Hrs" { "Hrs" } else { unit }, usd[0]),
                "B": term("B", if unit == "Hrs" { "GB-Mo" } else { unit }, usd[1]),
                "C": term("C", unit, usd[2]),
                "D": term("D", unit, "0.0228"),
            },
            "Reserved": { "A": upfront },
        },
        "attributesList": {},
    })
}

fn book() -> Vec<Entry> {
    let mark = Price {
        source: PriceSource::Bundled,
        as_of: Some("2025-01-02".into()),
        origin: Some("old".into()),
        ..Price::default()
    };
    let entry = |key: &'static str, prices: &[(&str, &str)]| {
        let price = |(region, usd): &(&str, &str)| (Region::new(*region), usd.parse().unwrap(), mark.clone());
        Entry { sku: sku(key), prices: prices.iter().map(price).collect() }
    };
    vec![
        entry(INSTANCE, &[(TOKYO, "0.0130"), ("eu-west-1", "0.0114")]),
        entry(DISK, &[(TOKYO, "0.1")]),
        entry(NAT, &[("eu-west-1", "0.048")]),
        entry(GONE, &[(TOKYO, "0.026")]),
    ]
}

fn answers(shelf: &Shelf, folder: &std::path::Path) -> Result<Answers, String> {
    let list = List { from: shelf.serve(), folder: folder.to_owned() };
    read(&list, &book(), &[], |_| {}).map_err(|error| error.to_string())
}

fn both() -> Shelf {
    Shelf::of(&[
        (TOKYO, file(TOKYO, "Hrs", ["0.0136", "0.096", "0.062"])),
        ("eu-west-1", file("eu-west-1", "Hrs", ["0.0114", "0.088", "0.048"])),
        // The book has no price there.
        ("ap-southeast-9", json!({ "never": "read" })),
    ])
}

#[test]
fn the_list_makes_the_book_and_what_it_does_not_say_keeps_its_day() {
    let folder = tempfile::tempdir().unwrap();
    let answers = answers(&both(), folder.path()).unwrap();
    let said = |key: &str, region: &str| answers[key][&Region::new(region)].clone();
    assert_eq!(said(INSTANCE, TOKYO), Answer::Usd("0.0136".parse().unwrap()));
    assert_eq!(said(DISK, TOKYO), Answer::Usd("0.096".parse().unwrap()));
    assert!(!answers.contains_key(GONE));
    let today = refreshed(book().into_iter(), &answers, "2026-11-29").unwrap();
    assert_eq!((today.read, today.changed, today.new, today.kept[GONE].len()), (6, 2, 2, 1));
    let differences = differences(&today);
    assert!(
        differences
            .starts_with("6 prices read from AWS's bulk price list: 2 new, 2 changed (1 dearer, 1 cheaper). 1 are")
    );
    assert!(differences.contains(&format!("| {INSTANCE} | {TOKYO} | 0.0130 | 0.0136 |")), "{differences}");
    let figure = today.prices.get(GONE, TOKYO).unwrap();
    assert_eq!((figure.mark.as_of.as_str(), figure.mark.source.as_str()), ("2025-01-02", "old"));
    assert_eq!(today.prices.get(NAT, TOKYO).unwrap().mark.source, "aws");
}

#[test]
fn a_file_that_was_cut_off_is_fetched_from_there_on_and_what_was_read_is_not_fetched_again() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = both();
    shelf.cut.lock().unwrap().push(format!("/{TOKYO}/"));
    let once = answers(&shelf, folder.path()).unwrap();
    assert_eq!(once[INSTANCE][&Region::new(TOKYO)], Answer::Usd("0.0136".parse().unwrap()));
    let tokyo = |asked: &[(String, usize)]| {
        asked.iter().filter(|(path, _)| path.contains(TOKYO)).map(|(_, from)| *from > 0).collect::<Vec<_>>()
    };
    assert_eq!(tokyo(&shelf.asked.lock().unwrap()), [false, true], "from the beginning, and from the cut");
    assert_eq!(answers(&shelf, folder.path()).unwrap(), once);
    assert_eq!(tokyo(&shelf.asked.lock().unwrap()).len(), 2, "what was read is remembered");
}

#[test]
fn a_connection_that_is_always_cut_leaves_the_old_book() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = both();
    shelf.cut.lock().unwrap().extend(vec![format!("/{TOKYO}/"); 99]);
    // Half of the rest each time: after five attempts there is still a rest.
    let error = answers(&shelf, folder.path()).unwrap_err();
    assert!(error.starts_with("AmazonEC2 in ap-northeast-1: http://"), "{error}");
}

#[test]
fn another_layout_or_unit_leaves_the_old_book() {
    let refused = |file: Value| {
        let folder = tempfile::tempdir().unwrap();
        answers(&Shelf::of(&[(TOKYO, file)]), folder.path()).unwrap_err()
    };
    let good = || file(TOKYO, "Hrs", ["0.0136", "0.096", "0.062"]);
    let without = |name: &str| {
        let mut file = good();
        file.as_object_mut().unwrap().remove(name);
        file
    };
    assert!(refused(without("products")).contains("the terms come before the products"));
    assert!(refused(without("terms")).contains("there are no terms"));
    let mut renamed = good();
    renamed["terms"] = json!({ "onDemand": renamed["terms"]["OnDemand"] });
    assert!(refused(renamed).contains("there are no on-demand terms"));
    let mut list = good();
    list["products"] = json!([{ "sku": "A" }]);
    assert!(refused(list).contains("products by their number"));
    let unit = refused(file(TOKYO, "Quantity", ["0.0136", "0.096", "0.062"]));
    assert!(unit.contains("0 prices where the book has 3; has the layout changed?"), "{unit}");
    let yen = good().to_string().replace("\"USD\"", "\"JPY\"");
    assert!(refused(serde_json::from_str(&yen).unwrap()).contains("has the layout changed?"));
    let half = good().to_string();
    let folder = tempfile::tempdir().unwrap();
    let mut shelf = Shelf::of(&[(TOKYO, good())]);
    shelf.files[0].1 = half[..half.len() / 2].to_owned();
    assert!(answers(&shelf, folder.path()).unwrap_err().contains("EOF"));
}

#[test]
fn a_service_without_a_list_keeps_its_prices() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(answers(&Shelf::default(), folder.path()).unwrap(), Answers::new());
}
