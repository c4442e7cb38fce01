//! JSContact cards that are made from a seed, with every member of RFC 9553 and what else a card may have.

use serde_json::{Map, Value, json};

/// Choices from a seed.
pub struct Choices(pub u64);

impl Choices {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }

    fn of<'t>(&mut self, all: &[&'t str]) -> &'t str {
        all[self.below(all.len())]
    }

    fn text(&mut self) -> Value {
        let all = [
            "a",
            "Brook",
            "Zoë Quist",
            "one, two; three",
            "back\\slash",
            "two\nlines",
            "\"quoted\"",
            "tel:+1",
            " blank ",
            "^caret",
            "陳大文",
            "a:b",
            "item1.X",
            "http://x",
            "\u{1}bell",
            "\\n",
            "\r",
            "",
        ];
        let end = all.len();
        all[self.below(end)].into()
    }

    fn uri(&mut self) -> Value {
        self.of(&[
            "https://example.com/a,b;c",
            "mailto:ody@example.com",
            "urn:uuid:1",
            "tel:+12025550101",
            "data:image/png;base64,AAAA",
            "CID:a@example.com",
        ])
        .into()
    }

    fn stamp(&mut self) -> Value {
        self.of(&[
            "1994-09-30T14:35:10Z",
            "2010-10-10T10:10:10.003Z",
            "0001-01-01T00:00:00Z",
        ])
        .into()
    }

    fn language(&mut self) -> &'static str {
        self.of(&["de", "fr", "yue", "uk-Cyrl", "zh-Hant"])
    }

    fn set(&mut self, words: &[&str]) -> Value {
        let mut map = Map::new();
        for _ in 0..=self.below(3) {
            map.insert(self.of(words).into(), true.into());
        }
        Value::Object(map)
    }

    /// An object: members by what they hold, each there or not; a star in front is one that has to be.
    fn object(&mut self, name: &str, members: &[(&str, &str)]) -> Value {
        let mut map = Map::new();
        if self.below(8) == 0 {
            map.insert("@type".into(), name.into());
        }
        for (member, is) in members {
            let (member, must) = match member.strip_prefix('*') {
                Some(member) => (member, true),
                None => (*member, false),
            };
            if must || self.below(2) == 0 {
                let value = self.value(is);
                map.insert(member.into(), value);
            }
        }
        self.others(&mut map);
        Value::Object(map)
    }

    /// What any object may have.
    fn others(&mut self, map: &mut Map<String, Value>) {
        match self.below(12) {
            0 => map.insert(
                "example.com:mood/x".replace('/', "-"),
                json!({ "a": [1, null, { "b": 1.5 }] }),
            ),
            1 => map.insert("moodOfDay".into(), json!("calm")),
            2 => map.insert(
                "vCardParams".into(),
                json!({ "x-by": "Lou", "pid": ["1.1", "2.1"] }),
            ),
            3 => map.insert(
                "vCardParams".into(),
                json!({ "group": "g1", "type": "x-boat" }),
            ),
            4 => map.insert("vCardName".into(), json!("x-name")),
            _ => None,
        };
    }

    fn value(&mut self, is: &str) -> Value {
        const RESOURCE: [(&str, &str); 5] = [
            ("*uri", "uri"),
            ("mediaType", "media"),
            ("contexts", "contexts"),
            ("pref", "pref"),
            ("label", "text"),
        ];
        let resource = |this: &mut Choices, name: &str, kind: (&str, &str)| {
            let mut members = Vec::from(RESOURCE);
            members.push(kind);
            if name == "Directory" {
                members.push(("listAs", "list"));
            }
            this.object(name, &members)
        };
        match is {
            "text" => self.text(),
            "uri" => self.uri(),
            "stamp" => self.stamp(),
            "language" => self.language().into(),
            "media" => self
                .of(&["image/png", "text/calendar;charset=utf-8"])
                .into(),
            "pref" => (self.below(100) + 1).into(),
            "list" => (self.below(1000) + 1).into(),
            "contexts" => match self.below(6) {
                0 => json!({ "work": false, "example.com:club": true }),
                _ => self.set(&["private", "work"]),
            },
            "places" => self.set(&["private", "work", "billing", "delivery", "example.com:club"]),
            "features" => self.set(&[
                "mobile",
                "voice",
                "text",
                "video",
                "main-number",
                "textphone",
                "fax",
                "pager",
                "hologram",
            ]),
            "relation" => self.set(&["friend", "co-worker", "me", "example.com:rival"]),
            "email" => self
                .of(&["ody@example.com", "\"a b\"@example.com", "zoë@example.com"])
                .into(),
            "id" => self.of(&["a", "b"]).into(),
            "level" => self
                .of(&["high", "medium", "low", "example.com:extreme"])
                .into(),
            "calendar" => self.of(&["calendar", "freeBusy", "example.com:x"]).into(),
            "directory" => self.of(&["directory", "entry", "example.com:x"]).into(),
            "link" => self.of(&["contact", "example.com:x"]).into(),
            "mediaKind" => self.of(&["photo", "sound", "logo", "example.com:x"]).into(),
            "info" => self
                .of(&["expertise", "hobby", "interest", "example.com:x"])
                .into(),
            "title" => self.of(&["title", "role", "example.com:x"]).into(),
            "scale" => self.of(&["hebrew", "example.com:x"]).into(),
            "country" => self.of(&["US", "de"]).into(),
            "geo" => self.of(&["geo:48.2,16.3", "geo:1,2;u=5"]).into(),
            "zone" => self.of(&["Europe/Oslo", "Etc/GMT+5"]).into(),
            "script" => self.of(&["Latn", "Cyrl"]).into(),
            "system" => self.of(&["ipa", "jyut", "example.com:x"]).into(),
            "author" => match self.below(2) {
                0 => self.object("Author", &[("*name", "text"), ("uri", "uri")]),
                _ => self.object("Author", &[("*uri", "uri")]),
            },
            "units" => json!([
                self.object("OrgUnit", &[("*name", "text"), ("sortAs", "text")]),
                self.object("OrgUnit", &[("*name", "text"), ("sortAs", "text")]),
            ]),
            "partial" => match self.below(5) {
                0 => json!({ "@type": "Timestamp", "utc": self.stamp() }),
                1 => json!({ "year": 1953, "month": 4 }),
                2 => self.object(
                    "PartialDate",
                    &[("*year", "list"), ("calendarScale", "scale")],
                ),
                3 => json!({ "month": 2, "day": 29 }),
                _ => json!({ "year": 1953, "month": 4, "day": 15 }),
            },
            "address" => self.address(),
            "Nickname" => self.object(
                "Nickname",
                &[
                    ("*name", "text"),
                    ("contexts", "contexts"),
                    ("pref", "pref"),
                ],
            ),
            "Organization" => {
                let (name, units) = self
                    .of(&["*name/units", "name/*units"])
                    .split_once('/')
                    .unwrap();
                self.object(
                    "Organization",
                    &[
                        (name, "text"),
                        (units, "units"),
                        ("sortAs", "text"),
                        ("contexts", "contexts"),
                    ],
                )
            }
            "Pronouns" => self.object(
                "Pronouns",
                &[
                    ("*pronouns", "text"),
                    ("contexts", "contexts"),
                    ("pref", "pref"),
                ],
            ),
            "Title" => self.object(
                "Title",
                &[
                    ("*name", "text"),
                    ("kind", "title"),
                    ("organizationId", "id"),
                ],
            ),
            "EmailAddress" => self.object(
                "EmailAddress",
                &[
                    ("*address", "email"),
                    ("contexts", "contexts"),
                    ("pref", "pref"),
                    ("label", "text"),
                ],
            ),
            "OnlineService" => {
                let (user, uri) = self
                    .of(&["*user/uri", "user/*uri"])
                    .split_once('/')
                    .unwrap();
                self.object(
                    "OnlineService",
                    &[
                        (user, "text"),
                        (uri, "uri"),
                        ("service", "text"),
                        ("contexts", "contexts"),
                        ("pref", "pref"),
                        ("label", "text"),
                    ],
                )
            }
            "Phone" => self.object(
                "Phone",
                &[
                    ("*number", "text"),
                    ("features", "features"),
                    ("contexts", "contexts"),
                    ("pref", "pref"),
                    ("label", "text"),
                ],
            ),
            "LanguagePref" => self.object(
                "LanguagePref",
                &[
                    ("*language", "language"),
                    ("contexts", "contexts"),
                    ("pref", "pref"),
                ],
            ),
            "Calendar" => resource(self, "Calendar", ("*kind", "calendar")),
            "CryptoKey" => resource(self, "CryptoKey", ("kind", "scale")),
            "Directory" => resource(self, "Directory", ("*kind", "directory")),
            "Link" => resource(self, "Link", ("kind", "link")),
            "Media" => resource(self, "Media", ("*kind", "mediaKind")),
            "SchedulingAddress" => self.object(
                "SchedulingAddress",
                &[
                    ("*uri", "uri"),
                    ("contexts", "contexts"),
                    ("pref", "pref"),
                    ("label", "text"),
                ],
            ),
            "Anniversary" => {
                let mut one =
                    self.object("Anniversary", &[("*date", "partial"), ("place", "address")]);
                one["kind"] = self
                    .of(&["birth", "death", "wedding", "example.com:x"])
                    .into();
                one
            }
            "Note" => self.object(
                "Note",
                &[
                    ("*note", "text"),
                    ("created", "stamp"),
                    ("author", "author"),
                ],
            ),
            "PersonalInfo" => self.object(
                "PersonalInfo",
                &[
                    ("*kind", "info"),
                    ("*value", "text"),
                    ("level", "level"),
                    ("listAs", "list"),
                    ("label", "text"),
                ],
            ),
            other => panic!("{other}"),
        }
    }

    /// Components, and what is said about them.
    fn components(&mut self, kinds: &[&str]) -> Map<String, Value> {
        let mut map = Map::new();
        let is_ordered = self.below(2) == 0;
        let sounds = self.below(4) == 0;
        let mut items = Vec::new();
        for _ in 0..=self.below(5) {
            let mut item = json!({ "kind": self.of(kinds), "value": self.text() });
            if sounds && self.below(8) > 0 {
                item["phonetic"] = self.text();
            }
            items.push(item);
            if is_ordered && self.below(4) == 0 {
                items.push(json!({ "kind": "separator", "value": self.text() }));
            }
        }
        map.insert("components".into(), items.into());
        if is_ordered {
            map.insert("isOrdered".into(), true.into());
            if self.below(2) == 0 {
                map.insert("defaultSeparator".into(), self.text());
            }
        }
        if sounds {
            map.insert("phoneticSystem".into(), self.value("system"));
            if self.below(2) == 0 {
                map.insert("phoneticScript".into(), self.value("script"));
            }
        }
        map
    }

    fn address(&mut self) -> Value {
        let members = [
            ("full", "text"),
            ("countryCode", "country"),
            ("coordinates", "geo"),
            ("timeZone", "zone"),
            ("contexts", "places"),
            ("pref", "pref"),
        ];
        let Value::Object(mut map) = self.object("Address", &members) else {
            panic!()
        };
        let kinds = [
            "room",
            "apartment",
            "floor",
            "building",
            "number",
            "name",
            "block",
            "subdistrict",
            "district",
            "locality",
            "region",
            "postcode",
            "country",
            "direction",
            "landmark",
            "postOfficeBox",
            "example.com:x",
        ];
        let is_something = ["full", "countryCode", "coordinates", "timeZone"];
        if self.below(2) == 0 || !is_something.iter().any(|name| map.contains_key(*name)) {
            map.extend(self.components(&kinds));
        }
        Value::Object(map)
    }

    fn name(&mut self) -> Value {
        let mut map = Map::new();
        let kinds = [
            "title",
            "given",
            "given2",
            "surname",
            "surname2",
            "credential",
            "generation",
            "example.com:x",
        ];
        if self.below(4) > 0 {
            map.extend(self.components(&kinds));
            if self.below(3) == 0 {
                let kind = map["components"][0]["kind"].as_str().unwrap().to_owned();
                map.insert("sortAs".into(), json!({ kind: self.text() }));
            }
        }
        if map.is_empty() || self.below(2) == 0 {
            map.insert("full".into(), self.text());
        }
        self.others(&mut map);
        Value::Object(map)
    }

    /// A card, valid nearly always.
    pub fn card(&mut self) -> Value {
        let mut card = Map::new();
        card.insert("@type".into(), "Card".into());
        card.insert(
            "version".into(),
            self.of(&["1.0", "2.0", "2.0", "3.7"]).into(),
        );
        card.insert(
            "uid".into(),
            self.of(&["urn:uuid:1", "b7e1", "a, b", "x:y z", ""]).into(),
        );
        let maps = [
            ("nicknames", "Nickname"),
            ("organizations", "Organization"),
            ("titles", "Title"),
            ("emails", "EmailAddress"),
            ("onlineServices", "OnlineService"),
            ("phones", "Phone"),
            ("preferredLanguages", "LanguagePref"),
            ("calendars", "Calendar"),
            ("schedulingAddresses", "SchedulingAddress"),
            ("addresses", "address"),
            ("cryptoKeys", "CryptoKey"),
            ("directories", "Directory"),
            ("links", "Link"),
            ("media", "Media"),
            ("anniversaries", "Anniversary"),
            ("notes", "Note"),
            ("personalInfo", "PersonalInfo"),
        ];
        for (member, is) in maps {
            if self.below(5) == 0 {
                let mut map = Map::new();
                for id in ["a", "b", "EMAIL-1"].iter().take(self.below(4)) {
                    map.insert((*id).into(), self.value(is));
                }
                card.insert(member.into(), Value::Object(map));
            }
        }
        for (member, is) in [
            ("created", "stamp"),
            ("updated", "stamp"),
            ("language", "language"),
        ] {
            if self.below(4) == 0 {
                card.insert(member.into(), self.value(is));
            }
        }
        if self.below(2) == 0 {
            card.insert("name".into(), self.name());
        }
        self.more(&mut card);
        if self.below(3) == 0 {
            self.localizations(&mut card);
        }
        Value::Object(card)
    }

    fn more(&mut self, card: &mut Map<String, Value>) {
        if self.below(6) == 0 {
            card.insert("prodId".into(), "Brook 1".into());
        }
        match self.below(6) {
            0 => {
                card.insert("kind".into(), "group".into());
                card.insert(
                    "members".into(),
                    json!({ "urn:uuid:2": true, "b, 7": true, "x\u{1}": true }),
                );
            }
            1 => {
                card.insert(
                    "kind".into(),
                    self.of(&["individual", "org", "example.com:x"]).into(),
                );
            }
            _ => {}
        }
        if self.below(6) == 0 {
            card.insert(
                "keywords".into(),
                json!({ "boats, big": true, "": true, "a/b~c": true }),
            );
        }
        if self.below(6) == 0 {
            let relation = self.object("Relation", &[("relation", "relation")]);
            card.insert(
                "relatedTo".into(),
                json!({ "urn:uuid:3": relation, "Ask Lou; please": {} }),
            );
        }
        if self.below(6) == 0 {
            let pronouns = self.value("Pronouns");
            let mut speak = json!({ "pronouns": { "a": pronouns } });
            if self.below(4) == 0 {
                speak = json!({ "grammaticalGender": "feminine" });
            } else if self.below(2) == 0 {
                speak["grammaticalGender"] = self.of(&["neuter", "common", "example.com:x"]).into();
            }
            card.insert("speakToAs".into(), speak);
        }
        if self.below(6) == 0 {
            card.insert(
                "vCardProps".into(),
                json!([
                    ["x-mood", { "group": "g1", "x-by": ["a", "b"] }, "unknown", "calm\\, mostly"],
                    ["gender", {}, "text", ["F", "it's complicated"]],
                    ["x-text", {}, "text", "one, two"],
                    ["x-day", {}, "date", "1985-04-12"],
                    ["x-year", {}, "date-and-or-time", "1985-04"],
                    ["x-moment", {}, "timestamp", "2023-01-02T03:04:05Z"],
                    ["x-offset", {}, "utc-offset", "-05:30"],
                    ["x-count", {}, "integer", 5],
                    ["x-size", {}, "float", 1.5],
                    ["x-is", {}, "boolean", true],
                ]),
            );
        }
        self.others(card);
    }

    /// Patches of texts that are there, and one of a whole object.
    fn localizations(&mut self, card: &mut Map<String, Value>) {
        let mut patches = Map::new();
        let texts = [
            ("titles", "name"),
            ("notes", "note"),
            ("emails", "label"),
            ("links", "uri"),
            ("phones", "number"),
        ];
        for (member, text) in texts {
            let ids: Vec<String> = card
                .get(member)
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
                .map(|(id, _)| id.clone())
                .collect();
            for id in ids {
                let value = if text == "uri" {
                    self.uri()
                } else {
                    self.text()
                };
                patches.insert(format!("{member}/{id}/{text}"), value);
            }
        }
        match (card.get("name"), self.below(4)) {
            (None, _) | (_, 0) => {}
            (_, 1) => {
                patches.insert("name".into(), self.name());
            }
            (Some(name), 2) if name.get("components").is_some() => {
                patches.insert("name/components/0/value".into(), self.text());
            }
            _ => {
                patches.insert("name/full".into(), self.text());
            }
        }
        for (member, path) in [("addresses", "full"), ("anniversaries", "place/full")] {
            let all = card.get(member).and_then(Value::as_object);
            for (id, object) in all.into_iter().flatten() {
                if member == "addresses" || object.get("place").is_some() {
                    patches.insert(format!("{member}/{id}/{path}"), self.text());
                }
            }
        }
        if self.below(4) == 0 && card.contains_key("personalInfo") {
            patches.insert("personalInfo/new".into(), self.value("PersonalInfo"));
        }
        if self.below(2) == 0 {
            patches.insert("example.com:mood".into(), json!({ "x": 1 }));
        }
        card.insert("localizations".into(), json!({ self.language(): patches }));
    }
}
