//! A line of a message in words: what it is, and each of its fields by name.

use crate::{
    app::{
        marked::{MarkedLine, Piece, PieceKind, Spot},
        wording::hl7,
    },
    domain::guide::Legend,
};

/// A line as a screen reader says it: what it is, then each field by its name.
pub fn spoken(line: &MarkedLine, legend: &Legend) -> String {
    let Some(segment) = line.name else {
        let text: String = line.pieces.iter().map(|piece| piece.text.as_str()).collect();
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
    let mut fields: Vec<(Option<String>, String, Spot)> = Vec::new();
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
            Some((last, value, spot)) if *last == name => {
                value.push_str(&piece.text);
                if piece.spot == Spot::Here {
                    *spot = Spot::Here;
                }
            }
            Some(_) | None => fields.push((name, piece.text.clone(), piece.spot)),
        }
    }
    fields
        .into_iter()
        .map(|(name, value, spot)| {
            let field = match name {
                Some(name) => format!("{name}: {value}"),
                None => value,
            };
            let spot = if line.is_marked_whole() { Spot::Elsewhere } else { spot };
            marked(&field, spot)
        })
        .collect()
}

fn marked(what: &str, spot: Spot) -> String {
    match spot {
        Spot::Here => format!("Marked: {what}"),
        Spot::Elsewhere => what.to_owned(),
    }
}

/// What a piece of a line is: `PID-7 · Date of birth`, of the segment's name `PID · Patient`.
pub fn piece_name(line: &MarkedLine, piece: &Piece, legend: &Legend) -> Option<String> {
    let segment = line.name?;
    match (piece.field, piece.kind) {
        (Some(field), _) => Some(hl7::field(segment, field, legend)),
        (None, PieceKind::Name) => Some(format!("{segment} · {}", hl7::segment(segment))),
        (None, PieceKind::Separator | PieceKind::Value | PieceKind::Remark) => None,
    }
}
