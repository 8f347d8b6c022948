# demo · test · bench · format · install: each does all of its own set-up.

PACKAGES = libdnnl-dev libxml2-dev libcmark-gfm-dev libcmark-gfm-extensions-dev
PREFIX  ?= /usr/local
BUILD    = swift build -c release -Xswiftc -enable-testing
ASSAY    = .build/release/assay
PYTHON  ?= python3

.PHONY: demo test bench tokenizer-compare lint format build samples install setup

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

# Compares ids and speed with the Python package tokenizers: make tokenizer-compare TOKENIZERS="FOLDER ..."
tokenizer-compare: build
	$(PYTHON) Tests/Tokenizers/compare.py $(TOKENIZERS) --assay $(ASSAY)

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
