//! What the fields of a vaccination message are called, in plain words.

use crate::domain::hl7::SegmentName;

/// What a field consists of, as far as its parts have names here.
#[derive(Clone, Copy)]
enum Parts {
    /// One value.
    None,
    /// A code, its text and its table.
    Code,
    /// The name of a person.
    Name,
    /// The number of somebody or something, who gave it, of what type it is.
    Id,
    /// An address.
    Address,
    /// A phone number or an e-mail address.
    Phone,
    /// The number and the name of somebody who works in health care.
    Person,
    /// The name and the number of an organization.
    Organization,
    /// A system or a clinic.
    System,
    /// An order's number, and who gave it.
    Order,
    /// Where in a clinic.
    Place,
}

/// A field's segment and number, its name, and its parts.
type Row = (&'static [u8; 3], u8, &'static str, Parts);

/// The fields that clinics send.
const FIELDS: &[Row] = &[
    (b"MSH", 1, "Field separator", Parts::None),
    (b"MSH", 2, "Encoding characters", Parts::None),
    (b"MSH", 3, "Sending program", Parts::System),
    (b"MSH", 4, "Sending clinic", Parts::System),
    (b"MSH", 5, "Receiving program", Parts::System),
    (b"MSH", 6, "Receiving agency", Parts::System),
    (b"MSH", 7, "Date and time of the message", Parts::None),
    (b"MSH", 9, "Kind of message", Parts::None),
    (b"MSH", 10, "Number of the message", Parts::None),
    (b"MSH", 11, "Production or test", Parts::None),
    (b"MSH", 12, "HL7 version", Parts::None),
    (b"MSH", 15, "When to confirm receipt", Parts::None),
    (b"MSH", 16, "When to answer", Parts::None),
    (b"MSH", 18, "Character set", Parts::None),
    (b"MSH", 21, "Profile of the message", Parts::None),
    (
        b"MSH",
        22,
        "Responsible organization of the sender",
        Parts::Organization,
    ),
    (
        b"MSH",
        23,
        "Responsible organization of the receiver",
        Parts::Organization,
    ),
    (b"SFT", 1, "Software vendor", Parts::Organization),
    (b"SFT", 2, "Software version", Parts::None),
    (b"SFT", 3, "Software product", Parts::None),
    (b"SFT", 4, "Software build", Parts::None),
    (b"PID", 1, "Number of the patient segment", Parts::None),
    (b"PID", 2, "Patient's old id", Parts::Id),
    (b"PID", 3, "Patient's id", Parts::Id),
    (b"PID", 4, "Patient's alternate id", Parts::Id),
    (b"PID", 5, "Patient's name", Parts::Name),
    (b"PID", 6, "Mother's maiden name", Parts::Name),
    (b"PID", 7, "Date of birth", Parts::None),
    (b"PID", 8, "Sex", Parts::None),
    (b"PID", 9, "Patient's alias", Parts::Name),
    (b"PID", 10, "Race", Parts::Code),
    (b"PID", 11, "Patient's address", Parts::Address),
    (b"PID", 12, "County code", Parts::None),
    (b"PID", 13, "Patient's phone number", Parts::Phone),
    (b"PID", 14, "Patient's phone number at work", Parts::Phone),
    (b"PID", 15, "Language", Parts::Code),
    (b"PID", 18, "Patient's account number", Parts::Id),
    (b"PID", 19, "Social security number", Parts::None),
    (b"PID", 20, "Driver's license number", Parts::None),
    (b"PID", 21, "Mother's id", Parts::Id),
    (b"PID", 22, "Ethnicity", Parts::Code),
    (b"PID", 23, "Place of birth", Parts::None),
    (b"PID", 24, "Born with others", Parts::None),
    (b"PID", 25, "Order of birth", Parts::None),
    (b"PID", 29, "Date of death", Parts::None),
    (b"PID", 30, "Died", Parts::None),
    (b"PD1", 3, "Patient's clinic", Parts::Organization),
    (b"PD1", 4, "Patient's doctor", Parts::Person),
    (b"PD1", 11, "Reminders", Parts::Code),
    (b"PD1", 12, "Consent", Parts::None),
    (b"PD1", 13, "Date of consent", Parts::None),
    (b"PD1", 16, "Status in the registry", Parts::None),
    (b"PD1", 17, "Date of the status in the registry", Parts::None),
    (b"PD1", 18, "Date of the wish for reminders", Parts::None),
    (b"NK1", 1, "Number of the relative", Parts::None),
    (b"NK1", 2, "Relative's name", Parts::Name),
    (b"NK1", 3, "Relationship", Parts::Code),
    (b"NK1", 4, "Relative's address", Parts::Address),
    (b"NK1", 5, "Relative's phone number", Parts::Phone),
    (b"PV1", 1, "Number of the visit segment", Parts::None),
    (b"PV1", 2, "Patient class", Parts::None),
    (b"PV1", 9, "Consulting doctor", Parts::Person),
    (b"PV1", 20, "Eligibility at the visit", Parts::None),
    (b"PV1", 40, "Bed status", Parts::None),
    (b"PV1", 52, "Other healthcare provider", Parts::Person),
    (b"GT1", 1, "Number of the guarantor", Parts::None),
    (b"GT1", 3, "Guarantor's name", Parts::Name),
    (b"IN1", 1, "Number of the insurance", Parts::None),
    (b"IN1", 2, "Insurance plan", Parts::Code),
    (b"IN1", 3, "Insurance company", Parts::Id),
    (b"IN1", 15, "Type of insurance", Parts::None),
    (b"IN1", 29, "Day on which the insurance was verified", Parts::None),
    (b"IN1", 38, "Policy limit", Parts::None),
    (b"IN1", 40, "Room rate, semi-private", Parts::None),
    (b"IN1", 41, "Room rate, private", Parts::None),
    (b"IN3", 1, "Number of the certification", Parts::None),
    (b"ORC", 1, "Order control", Parts::None),
    (b"ORC", 2, "Order number of the ordering system", Parts::Order),
    (b"ORC", 3, "Order number of this vaccination", Parts::Order),
    (b"ORC", 7, "Quantity and timing", Parts::None),
    (b"ORC", 10, "Who entered the vaccination", Parts::Person),
    (b"ORC", 12, "Who ordered the vaccination", Parts::Person),
    (b"ORC", 17, "Organization of who entered it", Parts::Code),
    (b"RXA", 1, "First counter of the vaccination", Parts::None),
    (b"RXA", 2, "Second counter of the vaccination", Parts::None),
    (b"RXA", 3, "Date of the vaccination", Parts::None),
    (b"RXA", 4, "End of the vaccination", Parts::None),
    (b"RXA", 5, "Vaccine", Parts::Code),
    (b"RXA", 6, "Amount", Parts::None),
    (b"RXA", 7, "Unit of the amount", Parts::Code),
    (b"RXA", 9, "New or historical", Parts::Code),
    (b"RXA", 10, "Who gave the vaccination", Parts::Person),
    (b"RXA", 11, "Where the vaccination was given", Parts::Place),
    (b"RXA", 15, "Lot number", Parts::None),
    (b"RXA", 16, "Expiration date", Parts::None),
    (b"RXA", 17, "Manufacturer", Parts::Code),
    (b"RXA", 18, "Reason of the refusal", Parts::Code),
    (b"RXA", 20, "Given or not", Parts::None),
    (b"RXA", 21, "Add, update or delete", Parts::None),
    (b"RXA", 22, "When the vaccination was entered", Parts::None),
    (b"RXR", 1, "Route", Parts::Code),
    (b"RXR", 2, "Body site", Parts::Code),
    (b"OBX", 1, "Number of the observation", Parts::None),
    (b"OBX", 2, "Type of the observation's value", Parts::None),
    (b"OBX", 3, "What the observation is about", Parts::Code),
    (b"OBX", 4, "Group of the observation", Parts::None),
    (b"OBX", 5, "What was observed", Parts::None),
    (b"OBX", 6, "Unit of the observation", Parts::Code),
    (b"OBX", 11, "Status of the observation", Parts::None),
    (b"OBX", 14, "Date of the observation", Parts::None),
    (b"OBX", 17, "How it was observed", Parts::Code),
    (b"OBX", 20, "First reserved field", Parts::None),
    (b"OBX", 21, "Second reserved field", Parts::None),
    (b"OBX", 22, "Third reserved field", Parts::None),
    (b"NTE", 3, "Comment", Parts::None),
];

fn row(segment: SegmentName, field: usize) -> Option<&'static Row> {
    FIELDS
        .iter()
        .find(|(name, number, ..)| *name == segment.bytes() && usize::from(*number) == field)
}

/// What a field is called: `Mother's maiden name`. `None` for fields that clinics hardly send.
pub fn name(segment: SegmentName, field: usize) -> Option<&'static str> {
    row(segment, field).map(|(_, _, name, _)| *name)
}

/// What a component of a field is called, within a sentence: `type of name`. `None` where it has no name here.
pub fn part(segment: SegmentName, field: usize, component: usize) -> Option<&'static str> {
    let (_, _, _, parts) = row(segment, field)?;
    let name = match (parts, component) {
        (Parts::Code, 1) => "code",
        (Parts::Code, 2) => "text",
        (Parts::Code, 3) => "code table",
        (Parts::Code, 4) => "second code",
        (Parts::Code, 5) => "second text",
        (Parts::Code, 6) => "table of the second code",
        (Parts::Name, 1) | (Parts::Person, 2) => "last name",
        (Parts::Name, 2) | (Parts::Person, 3) => "first name",
        (Parts::Name, 3) | (Parts::Person, 4) => "middle name",
        (Parts::Name, 4) | (Parts::Person, 5) => "suffix",
        (Parts::Name, 5) | (Parts::Person, 6) => "prefix",
        (Parts::Name, 6) | (Parts::Person, 7) => "degree",
        (Parts::Name, 7) | (Parts::Person, 10) => "type of name",
        (Parts::Id | Parts::Person | Parts::Order, 1) | (Parts::Organization, 10) => "number",
        (Parts::Id, 4) | (Parts::Person, 9) | (Parts::Organization, 6) | (Parts::Order, 2) => "issuer of the number",
        (Parts::Id, 5) | (Parts::Person, 13) | (Parts::Organization, 7) => "type of number",
        (Parts::Id, 3) | (Parts::Person, 12) => "check digit's scheme",
        (Parts::Address, 1) => "street",
        (Parts::Address, 2) => "second line",
        (Parts::Address, 3) => "city",
        (Parts::Address, 4) => "state",
        (Parts::Address, 5) => "ZIP code",
        (Parts::Address, 6) => "country",
        (Parts::Address, 7) => "type of address",
        (Parts::Address, 9) => "county",
        (Parts::Phone, 1) => "number in one piece",
        (Parts::Phone, 2) => "use",
        (Parts::Phone, 3) => "kind of device",
        (Parts::Phone, 4) => "e-mail address",
        (Parts::Phone, 6) => "area code",
        (Parts::Phone, 7) => "local number",
        (Parts::Organization | Parts::System, 1) => "name",
        (Parts::System, 2) | (Parts::Order, 3) => "object identifier",
        (Parts::System, 3) | (Parts::Order, 4) => "type of identifier",
        (Parts::Place, 4) => "clinic",
        (
            Parts::None
            | Parts::Code
            | Parts::Name
            | Parts::Id
            | Parts::Address
            | Parts::Phone
            | Parts::Person
            | Parts::Organization
            | Parts::System
            | Parts::Order
            | Parts::Place,
            _,
        ) => return None,
    };
    Some(name)
}
