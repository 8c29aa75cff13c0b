# Two stages: packages are installed in the first, the second takes only what runs.

FROM python:3.12-slim AS build
WORKDIR /app
RUN python -m venv --without-pip /venv
COPY requirements.lock ./
# Wheels only, so that nothing is compiled; the pinned ffmpeg is one of them.
RUN python -m pip --python /venv/bin/python install --disable-pip-version-check \
    --require-hashes --only-binary=:all: -r requirements.lock
COPY LICENSE ./
COPY bot bot
COPY cogs cogs
COPY storage storage
# Whoever runs Talkie may read it, whatever the mask of whoever cloned it.
RUN /venv/bin/python -m compileall -q bot cogs storage && chmod -R a+rX . && mkdir -p -m 700 /new/data

FROM python:3.12-slim
# Standard error is the log: it must not wait in a buffer.
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 TALKIE_DATA_DIR=/data
COPY --from=build /venv /venv
COPY --from=build /app /app
# An empty folder that belongs to the user below; a new volume takes its owner from it.
COPY --from=build --chown=10001:10001 /new /
WORKDIR /app
USER 10001:10001
VOLUME /data
STOPSIGNAL SIGTERM
# No HEALTHCHECK: by default nothing listens that could be asked. Talkie reconnects by itself, and
# ends with a reason when one of its tasks dies, which is what the restart policy is for.
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
