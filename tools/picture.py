"""`python -m tools.picture`: the picture of a report for README and docs, in docs/images/."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import extract
from extract.report import Report

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "images" / "report.png"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_RELEASE = re.compile(r"^```text (releases/(\S+)\.txt)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def main() -> int:
    """Make the picture of the report on the releases of the tutorial. Returns the exit status."""
    browser = next(filter(None, map(shutil.which, _NAMES)), None)
    if browser is None:
        print(f"no browser: install one of {', '.join(_NAMES)}", file=sys.stderr)
        return 1
    pipeline, report = extract.Pipeline(), Report()
    for _, name, text in _RELEASE.findall((ROOT / "docs" / "tutorial.md").read_text("utf-8")):
        report.add(pipeline.extract(extract.Document(name, text)))
    TARGET.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder, "report.html")
        report.write(page_file)
        running = playwright.chromium.launch(executable_path=browser, args=["--headless", "--no-sandbox"])
        page = running.new_page(viewport={"width": 1200, "height": 1000})
        page.goto(page_file.as_uri())
        page.screenshot(path=TARGET)
        running.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
