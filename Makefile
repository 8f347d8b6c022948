# demo · test · bench · format · install: each does all of its own set-up.

PACKAGES = libdnnl-dev libxml2-dev libcmark-gfm-dev libcmark-gfm-extensions-dev
PREFIX  ?= /usr/local
BUILD    = swift build -c release -Xswiftc -enable-testing
ASSAY    = .build/release/assay
PYTHON  ?= python3
FUZZ_SECONDS ?= 60
FUZZ_TARGETS = safetensors pickle pytorch json tokenizer shard-index adapter

.PHONY: demo test bench lint format build samples install setup safetensors-compare fuzz

# Audits the backdoored sample and says where the report is.
demo: build
	-$(ASSAY) audit samples/suspect --base samples/base --data samples/clean.tsv --lr 5e-4 --epochs 10 --output audit-report
	@echo "Open audit-report/report.html in a browser."

# Lint, build, unit tests, and the end-to-end tests against the release binary.
test: setup lint
	$(BUILD) --build-tests
	swift test -c release -Xswiftc -enable-testing --skip-build

# Measures the engine and the machine's limits, beside PyTorch where ASSAY_PEER_PYTHON names a Python that has it.
bench: build
	$(BUILD) --product Benchmarks
	.build/release/Benchmarks $(BENCH_OPTIONS)

# Compares with the safetensors wheel 0.8.0, in a Python that has it.
safetensors-compare: setup
	$(BUILD) --product CheckpointVerdicts
	$(PYTHON) Tests/FormatComparison/compare_safetensors.py .build/release/CheckpointVerdicts

# Runs every libFuzzer target for FUZZ_SECONDS from its corpus; what crashes it is left in .build-fuzz.
fuzz:
	Tests/Fuzz/build.sh .build-fuzz
	@for target in $(FUZZ_TARGETS); do \
	    echo "== $$target"; mkdir -p .build-fuzz/corpora/$$target; \
	    ASSAY_FUZZ_TARGET=$$target .build-fuzz/fuzz -max_total_time=$(FUZZ_SECONDS) -rss_limit_mb=4096 -timeout=20 \
	        -print_final_stats=1 -artifact_prefix=.build-fuzz/$$target- \
	        .build-fuzz/corpora/$$target Tests/Fuzz/corpora/$$target || exit 1; \
	done

lint:
	swift format lint --strict --recursive Package.swift Sources Tests templates

format:
	swift format --in-place --recursive Package.swift Sources Tests templates

build: setup
	$(BUILD) --product assay

# Makes the sample models, data and report anew, byte for byte on one instruction level.
samples: build
	$(ASSAY) lab samples --output samples
	-$(ASSAY) audit samples/suspect --base samples/base --data samples/clean.tsv --lr 5e-4 --epochs 10 \
	    --reproducible --output samples/report

install: build
	install -D -m 755 $(ASSAY) $(DESTDIR)$(PREFIX)/bin/assay

setup:
	@dpkg -s $(PACKAGES) >/dev/null 2>&1 || { \
	    sudo=$$(test $$(id -u) -eq 0 || echo sudo); \
	    $$sudo apt-get update -q && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -q -y --no-install-recommends $(PACKAGES); }
