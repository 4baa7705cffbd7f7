"""The commands and their options; what they do is in the modules beside this one, each imported when it is called."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, cast

import typer
from rich.console import Console

from extract.cli.choices import Engine, Format
from extract.cli.rules import app as rules_app
from extract.cli.words import counted
from extract.errors import InputError
from extract.read import DEFAULT_MAX_SIZE, BatchColumns, located
from extract.read.dates import iso_date

if TYPE_CHECKING:
    from extract.batch import Inputs

app = typer.Typer(
    help="Turn Chinese press releases into a table of metrics.",
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(rules_app, name="rules", no_args_is_help=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)
out = Console(highlight=False, markup=False)

_BROKEN_PIPE = 141
"""The status of a program whose output nobody reads any more."""

_UsageError = cast("type[typer.BadParameter]", typer.BadParameter.__mro__[1])
"""Click's error for a wrong call: Typer gives it no name, and newer Typers bring a Click of their own."""


RulesOption = Annotated[
    Path | None, typer.Option("--rules", metavar="DIR", help="Folder of rules laid on the shipped ones.")
]
PublishedOption = Annotated[
    str, typer.Option("--published", metavar="DATE", help="Publication date (2025-11-20) of all inputs.")
]
AreaOption = Annotated[str, typer.Option("--area", metavar="NAME", help="Area (山东省) that all inputs are about.")]
IssuerOption = Annotated[
    str, typer.Option("--issuer", metavar="NAME", help="Office (青岛市统计局) that put out all inputs.")
]
SizeOption = Annotated[
    int,
    typer.Option("--max-size", metavar="BYTES", min=1, help="Refuse files of more bytes, texts of more characters."),
]


PathsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...",
        help="Text, Markdown, HTML, DOCX and PDF files, batches (CSV, JSONL, Parquet), folders, or - for standard "
        "input.",
    ),
]
RunsArgument = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="Output folders of earlier runs, or documents as for run.")
]
TextColumnOption = Annotated[str, typer.Option(metavar="NAME", help="Column of a batch with the texts.")]
IdColumnOption = Annotated[str, typer.Option(metavar="NAME", help="Column of a batch with their names.")]
DateColumnOption = Annotated[str, typer.Option(metavar="NAME", help="Column of a batch with their dates.")]
AreaColumnOption = Annotated[str, typer.Option(metavar="NAME", help="Column of a batch with their areas.")]
IssuerColumnOption = Annotated[str, typer.Option(metavar="NAME", help="Column of a batch with their issuers.")]


def _version(wanted: bool) -> None:
    if wanted:
        import platform

        from extract import NATIVE, __version__
        from extract.rulebook.folders import rules_digest

        engine = f"{'compiled' if NATIVE else 'plain Python'}, Python {platform.python_version()}"
        out.print(f"extract {__version__} ({engine}), rules {rules_digest(None)[:12]}", soft_wrap=True)
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_version,
            is_eager=True,
            help="Show the version, the engine and the digest of the rules.",
        ),
    ] = False,
) -> None:
    """Turn Chinese press releases into a table of metrics."""
    del version
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), nl=False)


@app.command()
def run(
    paths: PathsArgument,
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="DIR", help="Folder for the tables; or a .csv file, or -, for the metrics alone."
        ),
    ] = "output",
    rules: RulesOption = None,
    published: PublishedOption = "",
    area: AreaOption = "",
    issuer: IssuerOption = "",
    max_size: SizeOption = DEFAULT_MAX_SIZE,
    text_column: TextColumnOption = "",
    id_column: IdColumnOption = "",
    date_column: DateColumnOption = "",
    area_column: AreaColumnOption = "",
    issuer_column: IssuerColumnOption = "",
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", metavar="N", min=0, help="So many processes extract at a time; 0: one a core."),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where an earlier run stopped; do only what has changed.")
    ] = False,
    formats: Annotated[
        str, typer.Option("--format", metavar="LIST", help="csv,xlsx,jsonl,parquet,duckdb,sdmx: one or several.")
    ] = "csv",
    engine: Annotated[Engine, typer.Option(help="Run here, or on a Ray cluster to Parquet.")] = Engine.LOCAL,
    ray_address: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Ray cluster to run on; without it one on this machine.")
    ] = "",
) -> None:
    """Extract the metrics of PATH... to DIR/metrics.csv, with DIR/articles.csv and DIR/repairs.csv."""
    from extract.batch import Options
    from extract.cli.run import run_inputs, run_inputs_on_ray
    from extract.write.sinks import formats_of

    try:
        columns = BatchColumns(text_column, id_column, date_column, area_column, issuer_column)
        inputs = _inputs(paths, columns, published, max_size, area, issuer)
        if engine is Engine.RAY:
            if resume:
                raise InputError("--resume", "is not for Ray", hint="Ray does again what was lost by itself")
            if formats != "csv":
                raise InputError("--format", "is not for Ray", hint="it writes Parquet")
            faults = run_inputs_on_ray(inputs, output, rules, jobs or 0, ray_address, out, errors)
        else:
            options = Options(_cores() if jobs == 0 else jobs or 1, resume, formats_of(formats))
            faults = run_inputs(inputs, output, rules, options, out, errors)
    except InputError as fault:
        _fail(fault)
    except KeyboardInterrupt as stop:
        raise typer.Exit(130) from stop
    if faults:
        raise typer.Exit(1)


@app.command()
def report(
    paths: PathsArgument,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The page.")] = Path(
        "output/report.html"
    ),
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="What the page is called.")] = "",
    rules: RulesOption = None,
    published: PublishedOption = "",
    area: AreaOption = "",
    issuer: IssuerOption = "",
    max_size: SizeOption = DEFAULT_MAX_SIZE,
    text_column: TextColumnOption = "",
    id_column: IdColumnOption = "",
    date_column: DateColumnOption = "",
    area_column: AreaColumnOption = "",
    issuer_column: IssuerColumnOption = "",
) -> None:
    """Write a page for the browser about the metrics of PATH...: texts, charts, table; and the table as CSV."""
    from extract.cli.report import report_inputs

    try:
        columns = BatchColumns(text_column, id_column, date_column, area_column, issuer_column)
        inputs = _inputs(paths, columns, published, max_size, area, issuer)
        faults = report_inputs(inputs, output, title, rules, out, errors)
    except InputError as fault:
        _fail(fault)
    _exit(faults)


@app.command()
def check(
    paths: RunsArgument,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    rules: RulesOption = None,
    published: PublishedOption = "",
) -> None:
    """List figures of PATH... that do not add up, each with the other place that it is at odds with."""
    from extract.cli.lookup import check_inputs

    try:
        faults = check_inputs(_inputs(paths, BatchColumns(), published, DEFAULT_MAX_SIZE, "", ""), rules, as_json, out)
    except InputError as fault:
        _fail(fault)
    _exit(faults)


@app.command()
def find(
    query: Annotated[str, typer.Argument(metavar="WORDS", help="What to look for: 全市 加装电梯 2024.")],
    paths: RunsArgument,
    most: Annotated[int, typer.Option("--most", "-n", metavar="N", min=1, help="So many records at most.")] = 10,
    rules: RulesOption = None,
    published: PublishedOption = "",
) -> None:
    """Find the records of PATH... that fit WORDS best, with their sentences."""
    from extract.cli.lookup import find_inputs

    try:
        inputs = _inputs(paths, BatchColumns(), published, DEFAULT_MAX_SIZE, "", "")
        faults = find_inputs(inputs, query, most, rules, out)
    except InputError as fault:
        _fail(fault)
    _exit(faults)


@app.command()
def compare(
    paths: RunsArgument,
    indicator: Annotated[
        str, typer.Option("--indicator", metavar="NAME", help="Only indicators with NAME in it.")
    ] = "",
    target: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write a .csv or .xlsx file instead.")
    ] = None,
    rules: RulesOption = None,
    published: PublishedOption = "",
) -> None:
    """Set the indicators of PATH... side by side by area and period; contradictions are shown with ≠."""
    from extract.cli.lookup import compare_inputs

    try:
        inputs = _inputs(paths, BatchColumns(), published, DEFAULT_MAX_SIZE, "", "")
        faults = compare_inputs(inputs, indicator, target, rules, out)
    except InputError as fault:
        _fail(fault)
    _exit(faults)


@app.command()
def show(
    path: Annotated[str, typer.Argument(metavar="FILE", help="A file of any format, or - for standard input.")],
    rules: RulesOption = None,
    published: PublishedOption = "",
) -> None:
    """Show FILE with its quantities highlighted, and the table of its metrics."""
    from extract.cli.show import show_document

    try:
        show_document(located(path), rules, _date(published), out)
    except InputError as fault:
        _fail(fault)


@app.command()
def explain(
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help="A sentence, or a file: its area and times, with --at a sentence.")
    ],
    at: Annotated[
        int | None, typer.Option("--at", metavar="OFFSET", help="Explain the sentence at this offset of the file TEXT.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the explanation as JSON.")] = False,
    rules: RulesOption = None,
    published: PublishedOption = "",
) -> None:
    """Retell how the records of a sentence came about: tokens, clauses, rules tried, evidence."""
    from extract.cli.explain import explain_sentence

    try:
        explain_sentence(text, at, rules, _date(published), as_json, out)
    except InputError as fault:
        _fail(fault)


@app.command("eval")
def eval_(
    folders: Annotated[list[Path], typer.Argument(metavar="GOLD_DIR...", help="Folders of gold, scored together.")],
    against: Annotated[
        Path | None, typer.Option("--against", metavar="CSV", help="Score this output instead of a new run.")
    ] = None,
    texts: Annotated[
        Path | None,
        typer.Option("--texts", metavar="FILE", help="JSON lines (.gz) with the texts by id, not beside the gold."),
    ] = None,
    show_errors: Annotated[bool, typer.Option("--errors", help="List each error with its sentence.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,
    rules: RulesOption = None,
) -> None:
    """Score the pipeline, or an earlier output, against hand-made gold."""
    from extract.cli.evaluate import evaluate_folders, print_evaluation

    try:
        evaluation, raw, faults = evaluate_folders(folders, texts, against, rules)
    except InputError as fault:
        _fail(fault)
    if evaluation.documents:
        print_evaluation(evaluation, raw, show_errors, as_json, out)
    _exit(faults)


@app.command("gate")
def gate_(
    path: Annotated[Path, typer.Argument(metavar="FLOORS", help="The floors file.")] = Path("floors.toml"),
) -> None:
    """Score every gold set of a floors file; fail if one misses a floor or has changed."""
    from extract.cli.evaluate import gate

    try:
        misses = gate(path, out)
    except InputError as fault:
        _fail(fault)
    _exit(misses)


@app.command("probe")
def probe_(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder with nouns, verbs and frames.")],
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Choose words and numbers by this.")] = 1,
    sentences: Annotated[
        int, typer.Option("--sentences", "-n", metavar="N", min=1, help="Make so many of each frame.")
    ] = 200,
    show_errors: Annotated[bool, typer.Option("--errors", help="List each error with its sentence.")] = False,
) -> None:
    """Make sentences of nouns, verbs and frames, and tell by frame and word how many records are exactly right."""
    from extract.cli.probe import probe

    try:
        probe(folder, seed, sentences, show_errors, out)
    except InputError as fault:
        _fail(fault)


@app.command("rank")
def rank_(
    path: Annotated[Path, typer.Argument(metavar="SOURCES", help="The file that names gold and settings.")] = Path(
        "ranking.toml"
    ),
    parts: Annotated[
        int, typer.Option("--leave-out", metavar="N", min=0, help="Rank each of N parts by weights of the others.")
    ] = 0,
    target: Annotated[Path | None, typer.Option("--write", metavar="CSV", help="Write the weights here.")] = None,
) -> None:
    """Learn from gold how candidates for a figure's object are ranked, and tell how often the ranking is right."""
    from extract.cli.rank import rank

    try:
        rank(path, parts, target, out)
    except InputError as fault:
        _fail(fault)


@app.command()
def agreement(
    one: Annotated[Path, typer.Argument(metavar="A", help="Folder of gold by one person.")],
    other: Annotated[Path, typer.Argument(metavar="B", help="Folder of gold for the same texts by another.")],
    show_errors: Annotated[bool, typer.Option("--errors", help="List each disagreement with its sentence.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Tell how far two people agree who labelled the same texts."""
    from extract.cli.agreement import compare_folders, print_agreement

    try:
        found, texts, faults = compare_folders(one, other)
    except InputError as fault:
        _fail(fault)
    if found.evaluation.documents:
        print_agreement(found, texts, show_errors, as_json, out)
    _exit(faults)


@app.command("export")
def export_(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Documents as for run, or with --gold folders of gold.")
    ],
    target: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The file to write.")],
    wanted: Annotated[Format, typer.Option("--format", help="Tasks of Label Studio (JSON), or CoNLL with BIO tags.")],
    is_gold: Annotated[bool, typer.Option("--gold", help="Export hand-made gold, not what the rules find.")] = False,
    rules: RulesOption = None,
    published: PublishedOption = "",
) -> None:
    """Write texts with their records for Label Studio, or as CoNLL for training."""
    from extract.cli.exchange import Source, export

    try:
        source = Source(paths, is_gold, _date(published), rules)
        count = export(source, wanted, target, errors)
    except InputError as fault:
        _fail(fault)
    out.print(f"{counted(count, 'document')} in {target}", soft_wrap=True)
    _exit(source.faults)


@app.command("import")
def import_(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="What Label Studio exports as JSON.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for the texts and gold.")],
) -> None:
    """Make gold of what was labelled in Label Studio."""
    from extract.cli.exchange import import_tasks

    try:
        documents, records, faults = import_tasks(path, output)
    except InputError as fault:
        _fail(fault)
    told = f"{counted(records, 'record')} of {counted(documents, 'document')}"
    out.print(f"{told} in {output}", soft_wrap=True)
    _exit(faults)


@app.command()
def review(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder with texts, and gold if there is any.")],
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port of 127.0.0.1; 0 for any free one.")] = 0,
    rules: RulesOption = None,
) -> None:
    """Correct the records of DIR into gold, in a web page served on this machine alone."""
    from extract.cli.review import review_folder

    try:
        review_folder(folder, port, rules, out)
    except InputError as fault:
        _fail(fault)


@app.command()
def serve(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port of 127.0.0.1; 0 for any free one.")] = 0,
    rules: RulesOption = None,
) -> None:
    """Try texts and files on a web page of this machine; the same as JSON for programs."""
    from extract.cli.serve import serve_page

    try:
        serve_page(port, rules, out)
    except InputError as fault:
        _fail(fault)


@app.command("mcp")
def mcp_(rules: RulesOption = None) -> None:
    """Offer the extraction to other programs by the Model Context Protocol, on standard input and output."""
    from extract.cli.serve import serve_tools

    try:
        serve_tools(rules)
    except InputError as fault:
        _fail(fault)


def _inputs(
    paths: Sequence[str], columns: BatchColumns, published: str, max_size: int, area: str, issuer: str
) -> Inputs:
    from extract.batch import Inputs

    return Inputs([located(path) for path in paths], columns, _date(published), max_size, area, issuer)


def _cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _date(text: str) -> str:
    if not text:
        return ""
    found = iso_date(text)
    if not found:
        raise InputError("--published", f"{text!r} is no date", hint="write it as 2025-11-20")
    return found


def _exit(faults: Sequence[InputError | str]) -> None:
    for fault in faults:
        errors.print(f"error: {fault}")
    if faults:
        raise typer.Exit(1)


def _fail(fault: InputError) -> NoReturn:
    errors.print(f"error: {fault}")
    raise typer.Exit(1)


def _called() -> str:
    """Return the name that the command was called by: it has two, since other programs are called extract."""
    name = Path(sys.argv[0]).stem
    return name if name == "press-metrics" else "extract"


def _fail_at_output(error: OSError) -> NoReturn:
    """Tell that standard output takes no more; quietly where its reader has gone away. Raises any other error again."""
    if error.filename is not None or error.errno not in (errno.EPIPE, errno.ENOSPC, errno.EBADF, errno.EIO):
        raise error
    with suppress(OSError):
        sys.stdout.close()
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 the end of the process closes it
    if isinstance(error, BrokenPipeError):
        sys.exit(_BROKEN_PIPE)
    errors.print(f"error: {InputError('standard output', f'cannot be written: {error.strerror or error}')}")
    sys.exit(1)


def main() -> None:
    """Run the command and exit with its status: 1 for wrong input, 2 for a wrong call, each told in one line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = app(prog_name=_called(), standalone_mode=False)
        sys.stdout.flush()
        sys.exit(status)
    except OSError as error:  # what is written to files tells by itself
        _fail_at_output(error)
    except typer.Abort:  # an interrupt, in older Typers
        sys.exit(130)
    except _UsageError as error:
        command = error.ctx.command_path if error.ctx else _called()
        errors.print(f"error: {InputError(command, error.format_message().rstrip('.'), hint=f'see {command} --help')}")
        sys.exit(2)
