//! `explain`: what a rule means, and who says so.

use serde::Serialize;

use crate::{
    app::wording::{check, check::listing},
    cli::{Exit, args::ExplainOptions, print::Printer},
    domain::{check::Rule, settings::Stage},
};

#[derive(Serialize)]
struct RulesReport {
    rules: Vec<RuleReport>,
}

#[derive(Serialize)]
struct RuleReport {
    rule: &'static str,
    title: String,
    meaning: &'static str,
    fix: String,
    who: &'static str,
    live: &'static str,
    testing: &'static str,
    source: &'static str,
}

pub(super) fn run(printer: &Printer, options: &ExplainOptions) -> Exit {
    let asked = options.rule.as_deref().map(|id| Rule::of(id).ok_or(id)).transpose();
    let asked = match asked {
        Ok(asked) => asked,
        Err(id) => {
            let (title, next) = listing::no_such_rule(id);
            printer.error(&title, &[next]);
            return Exit::Usage;
        }
    };
    match asked {
        Some(rule) => listing::explanation(rule).iter().for_each(|line| printer.line(line)),
        None => Rule::all().for_each(|rule| {
            let title = check::words(rule, &[]).title;
            let severity = check::severity(rule.severity(Stage::Live));
            printer.line(&format!("{severity:8}  {:40}  {title}", rule.id()));
        }),
    }
    let shown = Rule::all().filter(|rule| asked.is_none_or(|asked| asked == *rule));
    printer.json(&RulesReport {
        rules: shown.map(report).collect(),
    });
    Exit::Done
}

fn report(rule: Rule) -> RuleReport {
    let words = check::words(rule, &[]);
    RuleReport {
        rule: rule.id(),
        title: words.title.into_owned(),
        meaning: words.meaning,
        fix: words.fix.into_owned(),
        who: check::who(rule.who()),
        live: check::severity(rule.severity(Stage::Live)),
        testing: check::severity(rule.severity(Stage::Testing)),
        source: rule.source(),
    }
}
