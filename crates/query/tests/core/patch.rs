//! Patches are read from JSON.

use relvar_query::source::Set;

#[test]
fn a_patch_is_read_from_json_with_three_states() {
    #[derive(serde::Deserialize, Debug, PartialEq)]
    #[serde(default)]
    struct Fields {
        title: Set<String>,
        note: Set<Option<String>>,
    }
    impl Default for Fields {
        fn default() -> Fields {
            Fields { title: Set::Leave, note: Set::Leave }
        }
    }
    let read = |json: &str| serde_json::from_str::<Fields>(json);
    assert_eq!(read("{}").unwrap(), Fields::default());
    let set = Fields { title: Set::To("x".into()), note: Set::To(Some("y".into())) };
    assert_eq!(read(r#"{"title":"x","note":"y"}"#).unwrap(), set);
    assert_eq!(read(r#"{"note":null}"#).unwrap(), Fields { note: Set::To(None), ..Fields::default() });
    assert!(read(r#"{"title":null}"#).is_err(), "a column that is not null");
}
