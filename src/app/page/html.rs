//! HTML that is well-formed by construction. What comes from outside gets in only as text, and text is escaped.

/// How every page looks, on the screen and on paper.
const STYLE: &str = include_str!("../../../assets/page.css");
/// Nothing is loaded and nothing runs, whatever stands in a page.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// A piece of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Html(String);

/// What stands in a column, for how it is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// Sentences and times, broken between words.
    Words,
    /// A name, a fingerprint or what a server said: long, and broken wherever the line ends.
    Code,
    /// A number, on the right.
    Number,
}

impl Column {
    const fn class(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Code => "code",
            Self::Number => "number",
        }
    }
}

/// How much of the paper a table takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Width {
    /// All of it.
    Full,
    /// Half of it.
    Half,
}

/// A table with a name, a line of headings, and a heading for each row: its first cell.
pub(super) struct Table<'a> {
    /// What it is about, for whoever cannot see it.
    pub(super) caption: &'a str,
    /// How wide it is.
    pub(super) width: Width,
    /// Stands above the headings, again on each printed page.
    pub(super) banner: Option<&'a str>,
    /// Heading and kind of each column.
    pub(super) columns: &'a [(&'a str, Column)],
    /// Each cell in lines; the first one is what it says, the others explain it.
    pub(super) rows: Vec<Vec<Vec<String>>>,
}

impl Html {
    /// Words, as they are.
    pub(super) fn text(words: &str) -> Self {
        let mut escaped = String::with_capacity(words.len());
        for c in words.chars() {
            match c {
                '&' => escaped.push_str("&amp;"),
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                '"' => escaped.push_str("&quot;"),
                '\'' => escaped.push_str("&#39;"),
                // A name that is written from right to left could look like another one.
                c if c.is_control() || is_direction(c) => escaped.push(char::REPLACEMENT_CHARACTER),
                c => escaped.push(c),
            }
        }
        Self(escaped)
    }

    /// An element with this inside.
    pub(super) fn tag(name: &'static str, attributes: &[(&'static str, &str)], inside: Self) -> Self {
        let mut start = name.to_owned();
        for (attribute, value) in attributes {
            start.extend([" ", *attribute, "=\"", Self::text(value).0.as_str(), "\""]);
        }
        Self(format!("<{start}>{}</{name}>\n", inside.0))
    }

    /// An element with these words inside.
    pub(super) fn words(name: &'static str, words: &str) -> Self {
        Self::tag(name, &[], Self::text(words))
    }

    /// One after the other.
    pub(super) fn all(pieces: impl IntoIterator<Item = Self>) -> Self {
        Self(pieces.into_iter().map(|piece| piece.0).collect())
    }

    /// A heading and what belongs to it.
    pub(super) fn section(heading: &str, inside: impl IntoIterator<Item = Self>) -> Self {
        let heading = Self::words("h2", heading);
        Self::tag("section", &[], Self::all([heading].into_iter().chain(inside)))
    }

    /// A list of terms with their meanings.
    pub(super) fn pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let pairs = pairs
            .into_iter()
            .map(|(term, meaning)| Self::all([Self::words("dt", term), Self::words("dd", meaning)]));
        Self::tag("dl", &[], Self::all(pairs))
    }

    /// The whole page.
    pub(super) fn document(language: &str, title: &str, body: impl IntoIterator<Item = Self>) -> String {
        let title = Self::words("title", title).0;
        let body = Self::tag("main", &[], Self::all(body)).0;
        format!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n{title}<style>\n{STYLE}</style>\n</head>\n\
             <body>\n{body}</body>\n</html>\n",
            Self::text(language).0
        )
    }
}

impl Table<'_> {
    /// The table, marked up so that a screen reader says the headings of each cell.
    pub(super) fn html(self) -> Html {
        let caption = Html::words("caption", self.caption);
        let span = self.columns.len().to_string();
        let banner = self.banner.map(|words| {
            let attributes = [("scope", "colgroup"), ("colspan", span.as_str()), ("class", "banner")];
            Html::tag("tr", &[], Html::tag("th", &attributes, Html::text(words)))
        });
        let headings = self.columns.iter().map(|(heading, column)| {
            let attributes = [("scope", "col"), ("class", column.class())];
            Html::tag("th", &attributes, Html::text(heading))
        });
        let headings = Html::tag("tr", &[], Html::all(headings));
        let head = Html::tag("thead", &[], Html::all(banner.into_iter().chain([headings])));
        let rows = self.rows.into_iter().map(|cells| row(self.columns, cells));
        let body = Html::tag("tbody", &[], Html::all(rows));
        let class = match self.width {
            Width::Full => "full",
            Width::Half => "half",
        };
        Html::tag("table", &[("class", class)], Html::all([caption, head, body]))
    }
}

fn row(columns: &[(&str, Column)], cells: Vec<Vec<String>>) -> Html {
    let cells = columns
        .iter()
        .zip(cells)
        .enumerate()
        .map(|(index, ((_, column), lines))| {
            let lines = Html::all(lines.iter().map(|line| Html::words("div", line)));
            match index {
                0 => Html::tag("th", &[("scope", "row"), ("class", column.class())], lines),
                _ => Html::tag("td", &[("class", column.class())], lines),
            }
        });
    Html::tag("tr", &[], Html::all(cells))
}

/// Whether a character turns the direction of what follows.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_from_outside_stays_text() {
        let hostile = "</td><script>alert(\"1\")</script> & 'x'\u{0}\r\n\u{202e}";
        let html = Html::tag("p", &[("class", hostile)], Html::text(hostile)).0;
        let escaped = "&lt;/td&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;\u{fffd}\u{fffd}\u{fffd}\u{fffd}";
        assert_eq!(html, format!("<p class=\"{escaped}\">{escaped}</p>\n"));
    }

    #[test]
    fn a_table_names_its_columns_and_its_rows() {
        let table = Table {
            caption: "Files",
            width: Width::Full,
            banner: Some("DEMO"),
            columns: &[("File", Column::Code), ("Tries", Column::Number)],
            rows: vec![vec![vec!["A.hl7".to_owned()], vec!["2".to_owned(), "by MG".to_owned()]]],
        };
        let html = table.html().0.replace('\n', "");
        assert_eq!(
            html,
            "<table class=\"full\"><caption>Files</caption><thead>\
             <tr><th scope=\"colgroup\" colspan=\"2\" class=\"banner\">DEMO</th></tr>\
             <tr><th scope=\"col\" class=\"code\">File</th><th scope=\"col\" class=\"number\">Tries</th></tr></thead>\
             <tbody><tr><th scope=\"row\" class=\"code\"><div>A.hl7</div></th>\
             <td class=\"number\"><div>2</div><div>by MG</div></td></tr></tbody></table>"
        );
    }

    #[test]
    fn a_page_loads_nothing_and_runs_nothing() {
        let page = Html::document("en", "Proof", [Html::words("h1", "Proof")]);
        for loader in [
            "src=", "href=", "url(", "@import", "<script", "<link", "http://", "https://",
        ] {
            assert!(!page.contains(loader), "{loader}");
        }
        assert!(page.contains("default-src 'none'"));
    }
}
