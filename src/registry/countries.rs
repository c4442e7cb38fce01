//! Where the post of a country wants the postal code.

/// Countries whose addresses have the postal code before the town: code of ISO 3166, and names that
/// address books have for it. Universal Postal Union, S42.
static POSTAL_CODE_FIRST: &[&[&str]] = &[
    &["AT", "Austria", "Österreich"],
    &["BE", "Belgium", "België", "Belgique", "Belgien"],
    &["BG", "Bulgaria"],
    &["CH", "Switzerland", "Schweiz", "Suisse", "Svizzera"],
    &["CZ", "Czechia", "Czech Republic", "Česko"],
    &["DE", "Germany", "Deutschland"],
    &["DK", "Denmark", "Danmark"],
    &["EE", "Estonia", "Eesti"],
    &["ES", "Spain", "España"],
    &["FI", "Finland", "Suomi"],
    &["FR", "France"],
    &["GR", "Greece"],
    &["HR", "Croatia", "Hrvatska"],
    &["IS", "Iceland", "Ísland"],
    &["IT", "Italy", "Italia"],
    &["LI", "Liechtenstein"],
    &["LT", "Lithuania", "Lietuva"],
    &["LU", "Luxembourg", "Luxemburg"],
    &["NL", "Netherlands", "The Netherlands", "Nederland"],
    &["NO", "Norway", "Norge", "Noreg"],
    &["PL", "Poland", "Polska"],
    &["PT", "Portugal"],
    &["RO", "Romania", "România"],
    &["SE", "Sweden", "Sverige"],
    &["SI", "Slovenia", "Slovenija"],
    &["SK", "Slovakia", "Slovensko"],
    &["TR", "Turkey", "Türkiye"],
];

/// Whether the addresses of a country, by its code or its name, have the postal code before the town.
pub(crate) fn has_postal_code_first(country: &str) -> bool {
    let country = country.trim();
    POSTAL_CODE_FIRST
        .iter()
        .flat_map(|names| names.iter())
        .any(|name| name.eq_ignore_ascii_case(country))
}
