"""Extract the content as of an earlier commit."""

import subprocess
import zipfile
from pathlib import Path


def extract_commit_content(base: str, content: Path, into: Path) -> str:
    """Extract the content as of a commit into the subfolder `content`; return an error message, or an empty string."""
    archive = into / "content.zip"
    if (top := run_git(content, "rev-parse", "--show-prefix")).returncode:
        return f"{content} is not in a git repository: {top.stderr.strip()}"
    commit = run_git(content, "rev-parse", "--quiet", "--verify", "--end-of-options", f"{base}^{{commit}}")
    if commit.returncode:
        return f'git knows no commit "{base}"; a shallow clone may have to fetch it first'
    if run_git(content, "cat-file", "-e", f"{commit.stdout.strip()}:./").returncode:
        (into / "content").mkdir()  # the commit has no content yet
        return ""
    packed = run_git(content, "archive", "--format=zip", f"--output={archive}", commit.stdout.strip())
    if packed.returncode:
        return f'git cannot give the content of "{base}": {packed.stderr.strip()}'
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(into / "content")
    return ""


def run_git(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run git in a folder, capturing its output."""
    command = ["git", "-C", str(folder), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)
