"""Files in a bucket, under the same names as in a folder."""

from __future__ import annotations

import importlib
from typing import Any

from lms.core.storage.chunks import Readable

MISSING = {"404", "NoSuchKey", "NotFound"}
PART = 8 * 1024 * 1024


class S3Store:
    """boto3 is an extra: only an installation with LMS_STORAGE_URL=s3://… has it."""

    def __init__(self, bucket: str, prefix: str, endpoint: str) -> None:
        self.bucket, self.prefix = bucket, prefix
        boto3 = importlib.import_module("boto3")
        self.errors: Any = importlib.import_module("botocore.exceptions")
        transfer = importlib.import_module("boto3.s3.transfer")
        self.client: Any = boto3.client("s3", endpoint_url=endpoint or None)
        # One thread and small parts: what is in memory does not grow with the file.
        self.transfer = transfer.TransferConfig(
            multipart_threshold=PART, multipart_chunksize=PART, use_threads=False
        )

    def key(self, digest: str) -> str:
        return "/".join(filter(None, (self.prefix, digest[:2], digest[2:4], digest)))

    def put(self, digest: str, file: Readable, size: int) -> None:
        self.client.upload_fileobj(file, self.bucket, self.key(digest), Config=self.transfer)

    def open(self, digest: str, start: int = 0, end: int | None = None) -> Readable:
        window = {"Range": f"bytes={start}-{'' if end is None else end - 1}"} if start or end else {}
        try:
            body: Readable = self.client.get_object(Bucket=self.bucket, Key=self.key(digest), **window)[
                "Body"
            ]
        except self.errors.ClientError as error:
            raise _missing(error) from error
        return body

    def size(self, digest: str) -> int | None:
        try:
            return int(self.client.head_object(Bucket=self.bucket, Key=self.key(digest))["ContentLength"])
        except self.errors.ClientError as error:
            if isinstance(_missing(error), FileNotFoundError):
                return None
            raise

    def remove(self, digest: str) -> None:
        self.client.delete_object(Bucket=self.bucket, Key=self.key(digest))


def _missing(error: Any) -> Exception:
    code = str(error.response.get("Error", {}).get("Code"))
    return FileNotFoundError(code) if code in MISSING else error
