//! How it got where: `RXR`.

use crate::domain::{
    check::{Findings, Rules, SegmentView},
    codes::Listing,
};

use super::{
    DoseRule as Rule,
    dose::{Dose, Outcome},
};

const NASAL: &[u8] = b"C38284";
const ORAL: &[u8] = b"C38288";
/// Into a muscle, under the skin, into the skin: what a syringe does.
const INJECTIONS: [&[u8]; 3] = [b"C28161", b"C38299", b"C38238"];
/// Both nares, the left naris, the right. Source: HL7 table 0163 has them (BN, LN, RN); the guide's selection has not.
const NOSTRILS: [&[u8]; 3] = [b"BN", b"LN", b"RN"];

pub(super) fn check(segment: SegmentView<'_>, dose: &Dose<'_>, rules: &Rules, findings: &mut Findings) {
    if dose.outcome != Outcome::Given {
        return;
    }
    let coded = segment.coded(1);
    let route = coded.map_or(&[][..], |route| route.any());
    let is_route = rules.tables().list("NCIT").is_none_or(|routes| routes.has(route));
    if route.is_empty() {
        findings.add(Rule::RouteEmpty, &segment.place_of(1), &[]);
    } else if !is_route {
        findings.add(Rule::RouteUnknown, &segment.place_of(1), &[]);
    } else if coded.is_some_and(|route| route.of_system(b"NCIT").is_none()) {
        findings.add(Rule::RouteSystem, &segment.place_of(1), &[]);
    }

    let site = segment.coded(2).map_or(&[][..], |site| site.any());
    let Some(sites) = rules.tables().list("HL70163") else {
        return;
    };
    let is_swallowed_or_breathed = route == NASAL || route == ORAL;
    match sites.look_up(site) {
        Listing::Unlisted if site.is_empty() => {
            if dose.is_new() && INJECTIONS.contains(&route) {
                findings.add(Rule::SiteMissing, &segment.place_of(2), &[]);
            }
        }
        Listing::Unlisted if route == NASAL && NOSTRILS.contains(&site) => {}
        Listing::Unlisted => findings.add(Rule::SiteUnknown, &segment.place_of(2), &[]),
        Listing::Listed(_) | Listing::Allowed(_) => {
            if is_swallowed_or_breathed {
                findings.add(Rule::SiteDisagrees, &segment.place_of(2), &[]);
            }
        }
    }
}
