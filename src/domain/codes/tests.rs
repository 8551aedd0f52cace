//! What the built-in tables say, and what a table may not look like.

use super::*;

fn tables() -> Tables {
    Tables::built_in().unwrap()
}

fn cvx(code: &str) -> Cvx {
    Cvx::parse(code.as_bytes()).unwrap()
}

fn names(products: &[Product]) -> Vec<&str> {
    products.iter().map(|product| &*product.name).collect()
}

#[test]
fn every_built_in_table_can_be_read() {
    let tables = tables();
    let rows = [
        tables.vaccines().rows().len(),
        tables.makers().rows().len(),
        tables.products().rows().len(),
        tables.groupings().rows().len(),
        tables.lists().rows().len(),
    ];
    assert_eq!(rows, [288, 89, 222, 256, 355]);
    assert_eq!(
        tables.vaccines().updated(),
        chrono::NaiveDate::from_ymd_opt(2025, 11, 19)
    );
}

#[test]
fn a_vaccine_is_found_by_its_number() {
    let tables = tables();
    for code in ["08", "8", "008"] {
        assert_eq!(
            &*tables.vaccine(cvx(code)).unwrap().name,
            "Hep B, adolescent or pediatric"
        );
    }
    for vaccine in tables.vaccines().rows() {
        assert_eq!(tables.vaccine(vaccine.cvx), Some(vaccine));
        assert!(vaccine.cvx.is_written(vaccine.cvx.to_string().as_bytes()));
    }
    // The CDC has given nobody this number.
    assert_eq!(tables.vaccine(cvx("997")), None);
}

#[test]
fn a_vaccine_says_whether_it_can_be_given_and_what_it_leaves_open() {
    let tables = tables();
    for (code, status, formulation) in [
        ("03", VaccineStatus::Active, Formulation::Named),
        ("107", VaccineStatus::Inactive, Formulation::Unspecified),
        // Only the full name says it.
        ("194", VaccineStatus::Inactive, Formulation::Unspecified),
        // Only the strength is open.
        ("196", VaccineStatus::Active, Formulation::Named),
        ("225", VaccineStatus::NeverActive, Formulation::Named),
        ("500", VaccineStatus::NonUs, Formulation::Unspecified),
        ("998", VaccineStatus::Inactive, Formulation::Named),
    ] {
        let vaccine = tables.vaccine(cvx(code)).unwrap();
        assert_eq!((vaccine.status, vaccine.formulation), (status, formulation), "{code}");
    }
}

#[test]
fn a_vaccine_counts_in_all_its_groups() {
    let tables = tables();
    let groups = |code: &str| -> Vec<_> { tables.groups_of(cvx(code)).iter().map(|row| &*row.group).collect() };
    assert_eq!(groups("03"), ["MMR"]);
    assert_eq!(groups("102"), ["HIB", "HepB", "DTAP"]);
    assert!(groups("998").is_empty());
    assert!(tables.is_group(cvx("107")));
    assert!(tables.is_group(cvx("03")));
    assert!(!tables.is_group(cvx("20")));
}

#[test]
fn a_maker_is_found_in_any_case_but_written_in_one() {
    let tables = tables();
    for (value, is_written) in [("PMC", true), ("pmc", false), (" PMC", false), ("PMC  ", false)] {
        let maker = tables.maker(value.as_bytes()).unwrap();
        assert_eq!(&*maker.name, "Sanofi Pasteur");
        assert_eq!(maker.is_written(value.as_bytes()), is_written, "{value:?}");
    }
    for maker in tables.makers().rows() {
        assert_eq!(tables.maker(maker.mvx.as_bytes()), Some(maker));
    }
    for value in ["", "P", "PMCX", "Sanofi"] {
        assert_eq!(tables.maker(value.as_bytes()), None, "{value:?}");
    }
    assert!(tables.maker(b"UNK").unwrap().is_nobody());
    assert!(!tables.maker(b"PMC").unwrap().is_nobody());
}

#[test]
fn a_maker_makes_what_is_sold_under_its_name() {
    let tables = tables();
    let Making::Makes(products) = tables.making(cvx("115"), b"pmc") else {
        panic!("Sanofi Pasteur makes a Tdap");
    };
    assert_eq!(names(products), ["ADACEL"]);
    let Making::OthersMake(products) = tables.making(cvx("115"), b"MSD") else {
        panic!("Merck makes no Tdap");
    };
    assert_eq!(names(products), ["ADACEL", "BOOSTRIX"]);
}

#[test]
fn where_the_tables_do_not_say_who_makes_it_nobody_is_ruled_out() {
    let tables = tables();
    for (code, mvx) in [
        // No product of immune globulin is known.
        ("86", "MSD"),
        // Somebody whom the CDC does not name made TETRAMUNE.
        ("22", "MSD"),
        // These two name nobody, and this one is no code.
        ("115", "UNK"),
        ("115", "OTH"),
        ("115", "SANOFI"),
        ("115", ""),
        ("22", ""),
    ] {
        assert_eq!(tables.making(cvx(code), mvx.as_bytes()), Making::Unsure, "{code} {mvx}");
    }
}

#[test]
fn a_small_table_is_found_by_its_id() {
    let tables = tables();
    let codes = |id: &str| -> Vec<_> {
        let list = tables.list(id).unwrap();
        list.codes().iter().map(|row| &*row.code).collect()
    };
    assert_eq!(codes("HL70322"), ["CP", "NA", "PA", "RE"]);
    assert_eq!(codes("HL70322_IZ"), codes("HL70322"));
    assert_eq!(codes("HL70001"), ["A", "F", "M", "N", "O", "U"]);
    assert_eq!(codes("HL70001_IZ"), ["F", "M", "U"]);
    for id in ["", "HL7", "HL70", "HL70322_", "_IZ", "hl70322"] {
        assert_eq!(tables.list(id), None, "{id}");
    }
}

#[test]
fn a_code_of_a_small_table_is_compared_letter_by_letter() {
    let tables = tables();
    let sites = tables.list("HL70163").unwrap();
    let Listing::Listed(row) = sites.look_up(b"LD") else {
        panic!("LD is a site");
    };
    assert_eq!(&*row.meaning, "Left Deltoid");
    for value in ["", "L", "ld", "LD ", "LDX", "Left Deltoid"] {
        assert_eq!(sites.look_up(value.as_bytes()), Listing::Unlisted, "{value:?}");
    }
}

#[test]
fn a_table_may_leave_room_for_codes_of_others() {
    let tables = tables();
    let systems = tables.list("HL70396").unwrap();
    assert!(matches!(systems.look_up(b"CVX"), Listing::Listed(_)));
    assert!(matches!(systems.look_up(b"99LAB"), Listing::Allowed(_)));
    assert!(!systems.has(b"9LAB"));
    assert!(!systems.has(b""));
    let eligibility = tables.list("HL70064_IZ").unwrap();
    assert!(matches!(eligibility.look_up(b"V01"), Listing::Listed(_)));
    assert!(matches!(eligibility.look_up(b"TXA01"), Listing::Allowed(_)));
    assert!(!eligibility.has(b""));
}

/// What is wrong with a table of vaccines that is written so.
#[track_caller]
fn refused(text: &str, line: usize, problem: TableProblem) {
    assert_eq!(Table::<Vaccine>::parse(text), Err(problem.on(line)), "{text:?}");
}

#[test]
fn a_table_with_one_bad_line_is_refused_with_its_place() {
    refused("", 1, TableProblem::NoRows);
    refused("# nothing\nupdated 2025-11-19\n", 1, TableProblem::NoRows);
    refused("updated 11/19/2025\n03|MMR|active", 1, TableProblem::Date);
    refused("03|MMR|active\n04|M/R", 2, TableProblem::Columns);
    refused("03|MMR|active|x", 1, TableProblem::Columns);
    refused("03|MMR|active|unspecified|", 1, TableProblem::Columns);
    refused("MMR|MMR|active", 1, TableProblem::Code);
    refused("# MMR\n\n|MMR|active", 3, TableProblem::Code);
    refused("03||active", 1, TableProblem::Name);
    refused("03|MMR|gone", 1, TableProblem::Status);
    refused("03|MMR|active\n04|M/R|inactive\n3|MMR|active", 3, TableProblem::Twice);
}

#[test]
fn the_order_of_the_lines_does_not_matter() {
    let sorted = Table::<Vaccine>::parse("03|MMR|active\n04|M/R|inactive\n115|Tdap|active\n").unwrap();
    let mixed = Table::<Vaccine>::parse("115|Tdap|Active\r\n03|MMR|ACTIVE\r\n04|M/R|inactive").unwrap();
    assert_eq!(mixed, sorted);
}
