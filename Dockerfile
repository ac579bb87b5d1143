# The bot in a container: nobody's user, nothing written but /data, no build tools left inside.
ARG BASE=docker.io/library/python:3.13-slim-bookworm

FROM ${BASE} AS build
WORKDIR /opt/mentor
RUN python3 -m venv --copies .venv
COPY requirements/image.txt requirements/
RUN .venv/bin/python -m pip install --quiet --no-cache-dir --require-hashes -r requirements/image.txt \
 && .venv/bin/python -m pip uninstall --quiet --yes pip
COPY migrations migrations
COPY bot bot
# Nothing can be written at run time, so compile now.
RUN .venv/bin/python -m compileall -q bot migrations

FROM ${BASE}
RUN groupadd --gid 10001 mentor \
 && useradd --uid 10001 --gid mentor --no-create-home --home-dir /data --shell /usr/sbin/nologin mentor \
 && install --directory --owner=mentor --group=mentor /data
COPY --from=build /opt/mentor /opt/mentor
WORKDIR /opt/mentor
ENV PATH=/opt/mentor/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    MENTOR_DATABASE_URL=sqlite:////data/mentor.db \
    MENTOR_HOST=0.0.0.0 \
    MENTOR_PORT=8080 \
    MENTOR_LOG_JSON=true
USER 10001:10001
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(f\"http://127.0.0.1:{os.environ['MENTOR_PORT']}/healthz\", timeout=4)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
