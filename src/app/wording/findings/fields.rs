//! A line of a message in words: what it is, and each of its fields by name.

use super::spot;
use crate::{
    app::{
        marked::{MarkedLine, Piece, PieceKind, Spot},
        wording::hl7,
    },
    domain::guide::Legend,
};

/// Said instead of a covered value.
const COVERED: &str = "covered";

/// A line as a screen reader says it: what it is, then each field by its name.
pub fn spoken(line: &MarkedLine, legend: &Legend) -> String {
    let Some(segment) = line.name else {
        let text = value(&line.pieces.iter().collect::<Vec<_>>());
        return marked(&text, if line.is_marked() { Spot::Here } else { Spot::Elsewhere });
    };
    let about = format!("{segment}, {}.", hl7::segment(segment));
    let about = marked(
        &about,
        if line.is_marked_whole() {
            Spot::Here
        } else {
            Spot::Elsewhere
        },
    );
    let fields = fields_by_name(line, legend);
    let fields = fields.into_iter().map(|field| format!("{field}."));
    std::iter::once(about).chain(fields).collect::<Vec<_>>().join(" ")
}

/// `PID-8 · Sex: F`, for each field in which something stands or is pointed at.
pub fn fields_by_name(line: &MarkedLine, legend: &Legend) -> Vec<String> {
    let mut fields: Vec<(Option<String>, Vec<&Piece>)> = Vec::new();
    for piece in &line.pieces {
        let is_in_no_field = piece.kind == PieceKind::Name
            || (piece.kind == PieceKind::Separator && (piece.field.is_none() || piece.spot == Spot::Elsewhere));
        if is_in_no_field {
            continue;
        }
        let name = line
            .name
            .zip(piece.field)
            .map(|(segment, field)| hl7::field(segment, field, legend));
        match fields.last_mut() {
            Some((last, pieces)) if *last == name => pieces.push(piece),
            Some(_) | None => fields.push((name, vec![piece])),
        }
    }
    fields
        .into_iter()
        .map(|(name, pieces)| {
            let value = value(&pieces);
            let field = match name {
                Some(name) => format!("{name}: {value}"),
                None => value,
            };
            let is_here = pieces.iter().any(|piece| piece.spot == Spot::Here) && !line.is_marked_whole();
            marked(&field, if is_here { Spot::Here } else { Spot::Elsewhere })
        })
        .collect()
}

/// What stands there; of what is covered only that it is, and what is not in the file or no letter.
fn value(pieces: &[&Piece]) -> String {
    let is_covered = |piece: &&Piece| piece.kind == PieceKind::Covered;
    if !pieces.iter().any(is_covered) {
        return pieces.iter().map(|piece| piece.text.as_str()).collect();
    }
    let told = pieces.iter().filter(|piece| match piece.kind {
        PieceKind::Remark | PieceKind::Unseen(_) => true,
        PieceKind::Name | PieceKind::Separator | PieceKind::Value | PieceKind::Covered => false,
    });
    let told = told.map(|piece| piece.text.as_str());
    std::iter::once(COVERED).chain(told).collect::<Vec<_>>().join(" ")
}

fn marked(what: &str, spot: Spot) -> String {
    match spot {
        Spot::Here => format!("Marked: {what}"),
        Spot::Elsewhere => what.to_owned(),
    }
}

/// What a piece of a line is: `PID-7 · Date of birth`, of the segment's name `PID · Patient`.
pub fn piece_name(line: &MarkedLine, piece: &Piece, legend: &Legend) -> Option<String> {
    let place = line.name.and_then(|segment| match (piece.field, piece.kind) {
        (Some(field), _) => Some(hl7::field(segment, field, legend)),
        (None, PieceKind::Name) => Some(format!("{segment} · {}", hl7::segment(segment))),
        (
            None,
            PieceKind::Separator | PieceKind::Value | PieceKind::Covered | PieceKind::Unseen(_) | PieceKind::Remark,
        ) => None,
    });
    let more = match piece.kind {
        PieceKind::Covered => Some(COVERED.to_owned()),
        PieceKind::Unseen(c) => Some(spot::about_unseen(c)),
        PieceKind::Name | PieceKind::Separator | PieceKind::Value | PieceKind::Remark => None,
    };
    let parts: Vec<String> = place.into_iter().chain(more).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}
