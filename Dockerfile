# docker build -t press-metrics . && docker run --rm -v "$PWD:/data" press-metrics run releases/ -o output/
FROM python:3.13-slim AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends gcc libc6-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY rules rules
COPY src src
RUN pip wheel --no-cache-dir --no-deps -w /wheels .

FROM python:3.13-slim
COPY --from=build /wheels /wheels
RUN wheel="$(ls /wheels/*.whl)" \
    && pip install --no-cache-dir "${wheel}[formats,table]" \
    && rm -rf /wheels
RUN useradd --create-home --uid 1000 reader
USER reader
WORKDIR /data
RUN extract --version
ENTRYPOINT ["extract"]
CMD ["--help"]
