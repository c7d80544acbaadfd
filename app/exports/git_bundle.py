"""The whole history of a draft as a Git bundle, a file that `git clone` takes.

A commit for each amendment that a version adopted, by its institution, and one by whoever issued the version where the
amendments alone do not give its text; a tag for each version and publication. After the last commit of a version the
files are its Markdown, byte for byte. All times are those at which versions were made. No program is called.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from dulwich.object_format import DEFAULT_OBJECT_FORMAT
from dulwich.objects import Blob, Commit, ObjectID, ShaFile, Tag, Tree
from dulwich.pack import REF_DELTA, PackChunkGenerator, UnpackedObject

from app.exports.document import Party
from app.exports.git_bundle_deltas import Deltas
from app.exports.git_bundle_messages import commit_message, publication_message, version_message
from app.exports.git_bundle_people import signature
from app.exports.history import Closed, History, Step

MEDIA_TYPE = "application/x-git-bundle"
BRANCH = b"refs/heads/main"
FILE = 0o100644
COMPRESSION = 9


def bundle(history: History) -> Iterator[bytes]:
    """The file in pieces."""
    made = _Repository(history)
    for step in history.steps:
        made.add(step)
    yield b"# v2 git bundle\n"
    for name, target in (*made.references, (BRANCH, made.last), (b"HEAD", made.last)):
        yield target + b" " + name + b"\n"
    yield b"\n"
    records = list(made.objects.values())
    yield from PackChunkGenerator(
        DEFAULT_OBJECT_FORMAT, num_records=len(records), records=iter(records), compression_level=COMPRESSION
    )


class _Repository:
    """The objects of a repository as they are made, each once, in the order of the history."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.objects: dict[ObjectID, UnpackedObject] = {}
        self.references: list[tuple[bytes, ObjectID]] = []
        self.files: dict[str, ObjectID] = {}
        self.deltas: dict[str, Deltas] = {}
        self.last: ObjectID = ObjectID(b"")

    def add(self, step: Step) -> None:
        for language, text in step.texts.items():
            if text is None:
                del self.files[language]
            else:
                self.files[language] = self._file(language, text)
        commit = self._commit(step, self._tree())
        self.last = commit.id
        if step.closes is not None:
            self._tags(step, step.closes, commit)

    def _file(self, language: str, text: str) -> ObjectID:
        """A text; one that was there before is not written again, others as what differs from an earlier one."""
        content = text.encode("utf-8")
        blob = Blob.from_string(content)
        if blob.id not in self.objects:
            base, delta = self.deltas.setdefault(language, Deltas()).add(blob.id, content)
            self._put(blob) if base is None else self._put_delta(blob, base, delta)
        return blob.id

    def _tree(self) -> Tree:
        tree = Tree()
        for language, content in self.files.items():
            tree.add(f"{self.history.slug}.{language}.md".encode(), FILE, content)
        self._put(tree)
        return tree

    def _commit(self, step: Step, tree: Tree) -> Commit:
        language = self.history.language
        commit = Commit()
        commit.tree = tree.id
        commit.parents = [self.last] if self.last else []
        commit.author = signature(step.brought.party if step.brought else step.by, language, issuing=not step.brought)
        commit.committer = signature(step.by, language, issuing=True)
        commit.author_time = commit.commit_time = _seconds(step.at)
        commit.author_timezone = commit.commit_timezone = _offset(step.at)
        commit.message = commit_message(step, language)
        self._put(commit)
        return commit

    def _tags(self, step: Step, closed: Closed, commit: Commit) -> None:
        number, language = closed.issued.number, self.history.language
        self._tag(f"v{number}", commit, step.by, step.at, version_message(closed, self.history))
        for one in closed.publications:
            message = publication_message(one.number, closed, language)
            self._tag(f"publication-{one.number}", commit, None, one.at, message)

    def _tag(self, name: str, commit: Commit, by: Party | None, at: datetime, message: bytes) -> None:
        tag = Tag()
        tag.name = name.encode()
        tag.object = (Commit, commit.id)
        tag.tagger = signature(by, self.history.language, issuing=True)
        tag.tag_time, tag.tag_timezone = _seconds(at), _offset(at)
        tag.message = message
        self._put(tag)
        self.references.append((b"refs/tags/" + tag.name, tag.id))

    def _put(self, made: ShaFile) -> None:
        chunks = made.as_raw_chunks()
        self.objects.setdefault(made.id, UnpackedObject(made.type_num, decomp_chunks=chunks, sha=made.sha().digest()))

    def _put_delta(self, made: ShaFile, base: ObjectID, delta: Iterable[bytes]) -> None:
        self.objects[made.id] = UnpackedObject(
            REF_DELTA, delta_base=bytes.fromhex(base.decode()), decomp_chunks=list(delta), sha=made.sha().digest()
        )


def _seconds(at: datetime) -> int:
    """Since 1970; Git has no time before."""
    return max(int(at.timestamp()), 0)


def _offset(at: datetime) -> int:
    """Seconds from UTC, of whole minutes."""
    offset = at.utcoffset()
    return 0 if offset is None else int(offset.total_seconds()) // 60 * 60
