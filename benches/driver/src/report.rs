//! The table as Markdown, and the geometric means as a plot.

use std::fmt::Write;
use std::path::Path;

use crate::Result;
use crate::measure::{Cell, Table};

/// What the figures of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// The time that passed.
    Clock,
    /// The time that the contender and the server were on a processor.
    Processor,
}

impl By {
    fn of(self, cell: &Cell) -> f64 {
        match self {
            By::Clock => cell.nanoseconds,
            By::Processor => cell.processor,
        }
    }

    fn name(self) -> &'static str {
        match self {
            By::Clock => "time",
            By::Processor => "processor time",
        }
    }
}

/// Writes `<backend>.md` with both tables, and a plot of each, into a folder; the tables to the standard output.
pub(crate) fn write(backend: &str, table: &Table, folder: &Path) -> Result {
    std::fs::create_dir_all(folder)?;
    let markdown = format!("{}\n{}", markdown(backend, table, By::Clock)?, markdown(backend, table, By::Processor)?);
    println!("{markdown}");
    std::fs::write(folder.join(format!("{backend}.md")), markdown)?;
    std::fs::write(folder.join(format!("{backend}.svg")), plot(backend, table, By::Clock)?)?;
    std::fs::write(folder.join(format!("{backend}-processor.svg")), plot(backend, table, By::Processor)?)?;
    Ok(())
}

fn markdown(backend: &str, table: &Table, by: By) -> Result<String> {
    let mut text = String::new();
    write!(text, "| {backend}, {} |", by.name())?;
    for (name, raw) in &table.contenders {
        write!(text, " {name}{} |", if *raw { " (limit)" } else { "" })?;
    }
    writeln!(text, "\n|---|{}", "---:|".repeat(table.contenders.len()))?;
    for (row, cells) in &table.rows {
        let fastest = fastest(cells, by);
        write!(text, "| {} |", row.name)?;
        for cell in cells {
            match cell {
                Some(cell) => {
                    let ratio = by.of(cell) / fastest;
                    let bold = if ratio <= 1.03 { "**" } else { "" };
                    let more = if by == By::Clock { more(row.workload, cell) } else { String::new() };
                    write!(text, " {} {bold}{ratio:.2}{bold}{more} |", time(by.of(cell)))?;
                }
                None => write!(text, " |")?,
            }
        }
        writeln!(text)?;
    }
    write!(text, "| geometric mean of the ratios |")?;
    for mean in means(table, by) {
        match mean {
            Some(mean) => write!(text, " {mean:.2} |")?,
            None => write!(text, " |")?,
        }
    }
    writeln!(text)?;
    Ok(text)
}

fn more(workload: &str, cell: &Cell) -> String {
    match (workload, cell.more.as_slice(), cell.peak) {
        ("stream", [first], Some(peak)) => format!(", first row {}, peak {} MiB", time(*first), peak / 1024),
        (name, [half, most], _) if name.starts_with("concurrent") => {
            format!(", p50 {}, p99 {}", time(*half), time(*most))
        }
        (name, [allocations], _) if name.starts_with("build") => format!(", {allocations} allocations"),
        _ => String::new(),
    }
}

fn time(nanoseconds: f64) -> String {
    match nanoseconds {
        n if n < 1e3 => format!("{n:.0} ns"),
        n if n < 1e5 => format!("{:.2} µs", n / 1e3),
        n if n < 1e6 => format!("{:.0} µs", n / 1e3),
        n => format!("{:.2} ms", n / 1e6),
    }
}

fn fastest(cells: &[Option<Cell>], by: By) -> f64 {
    cells.iter().flatten().map(|cell| by.of(cell)).fold(f64::INFINITY, f64::min)
}

/// Of each contender, over those of the mean's rows that it has; `None` if it has none.
fn means(table: &Table, by: By) -> Vec<Option<f64>> {
    let mean = |number: usize| {
        let ratios = table
            .rows
            .iter()
            .filter(|(row, _)| row.mean)
            .filter_map(|(_, cells)| Some((by.of(cells[number].as_ref()?) / fastest(cells, by)).ln()));
        let ratios: Vec<f64> = ratios.collect();
        (!ratios.is_empty()).then(|| (ratios.iter().sum::<f64>() / ratios.len() as f64).exp())
    };
    (0..table.contenders.len()).map(mean).collect()
}

/// Bars on a logarithmic scale, for the slowest are many times slower.
fn plot(backend: &str, table: &Table, by: By) -> Result<String> {
    let means: Vec<(&str, f64)> =
        table.contenders.iter().zip(means(table, by)).filter_map(|((name, _), mean)| Some((*name, mean?))).collect();
    let most = means.iter().map(|(_, mean)| *mean).fold(2.0, f64::max);
    let (width, line) = (640.0, 28.0);
    let mut svg = String::new();
    let height = 60.0 + line * means.len() as f64;
    writeln!(
        svg,
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif" font-size="13">"##
    )?;
    writeln!(svg, r##"<rect width="100%" height="100%" fill="white"/>"##)?;
    writeln!(
        svg,
        r##"<text x="12" y="24" font-weight="bold">{backend}: {} relative to the fastest, geometric mean (1 is best)</text>"##,
        by.name()
    )?;
    for (number, (name, mean)) in means.iter().enumerate() {
        let y = 44.0 + line * number as f64;
        let length = 8.0 + 400.0 * mean.ln() / most.ln();
        let color = if *name == "relvar" { "#c2410c" } else { "#64748b" };
        writeln!(svg, r##"<text x="140" y="{}" text-anchor="end">{name}</text>"##, y + 14.0)?;
        writeln!(svg, r##"<rect x="150" y="{y}" width="{length:.1}" height="20" fill="{color}"/>"##)?;
        writeln!(svg, r##"<text x="{:.1}" y="{}">{mean:.2}</text>"##, 156.0 + length, y + 14.0)?;
    }
    writeln!(svg, "</svg>")?;
    Ok(svg)
}
