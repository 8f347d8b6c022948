# demo · test · bench · format · install: each does all of its own set-up.

PACKAGES = libdnnl-dev libxml2-dev libcmark-gfm-dev libcmark-gfm-extensions-dev
BROWSER  = chromium fonts-dejavu-core fonts-inter python3
PREFIX  ?= /usr/local
BUILD    = swift build -c release -Xswiftc -enable-testing
ASSAY    = .build/release/assay
PYTHON  ?= python3
FUZZ_SECONDS ?= 60
FUZZ_TARGETS = safetensors pickle pytorch json tokenizer shard-index adapter gguf
COMPLETIONS = bash-completion/completions zsh/site-functions fish/vendor_completions.d
# What an archive is made of.
PROGRAM ?= $(ASSAY)

.PHONY: demo test bench lint format build samples install setup docs dist check-dist setup-dist
.PHONY: browser-test pictures browser-setup validate-reports tokenizer-compare safetensors-compare fuzz

# Audits the backdoored sample and says where the report is.
demo: build
	-$(ASSAY) audit samples/suspect --base samples/base --data samples/clean.tsv --lr 5e-4 --epochs 10 --output audit-report
	@echo "Open audit-report/report.html in a browser."

# Lint, build, unit tests, and the end-to-end tests against the release binary.
test: setup setup-dist lint
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

# Validates every format of the folder REPORTS, made anew from its result.json, with Python's jsonschema and the public
# schemas in Tests/Fixtures/schemas.
REPORTS = samples/report
VALIDATE_ENV = .build/validate-env
validate-reports: build
	test -x $(VALIDATE_ENV)/bin/jsonschema || { python3 -m venv $(VALIDATE_ENV) && \
	    $(VALIDATE_ENV)/bin/pip install -q jsonschema==4.26.0 rfc3339-validator==0.1.4; }
	-$(ASSAY) report $(REPORTS)/result.json --format html,md,json,sarif,junit,cyclonedx,summary \
	    --output .build/validated-reports
	$(VALIDATE_ENV)/bin/python Tests/Fixtures/schemas/validate_reports.py .build/validated-reports

# Compares ids with the Python package tokenizers over every character and generated tokenizers, and ids and speed over
# those of make tokenizer-compare TOKENIZERS="FOLDER ...".
tokenizer-compare: build
	$(PYTHON) Tests/Tokenizers/compare_characters.py --assay $(ASSAY)
	$(PYTHON) Tests/Tokenizers/compare_generated.py --assay $(ASSAY)
	$(if $(TOKENIZERS),$(PYTHON) Tests/Tokenizers/compare.py $(TOKENIZERS) --assay $(ASSAY))

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
	    --format html,md,json,sarif,junit,cyclonedx,summary --reproducible --output samples/report

# Loads the sample reports, or those that PAGES names, in headless Chromium: silence, policy, contrast, widths, paper, headings.
browser-test: browser-setup
	python3 Tests/Browser/test_reports.py $(PAGES)

# Takes the README's pictures of the sample report anew.
pictures: browser-setup
	python3 Tests/Browser/pictures.py samples/report/report.html docs/images

install: build
	install -D -m 755 $(ASSAY) $(DESTDIR)$(PREFIX)/bin/assay
	install -D -m 644 docs/assay.1 $(DESTDIR)$(PREFIX)/share/man/man1/assay.1
	mkdir -p $(COMPLETIONS:%=$(DESTDIR)$(PREFIX)/share/%)
	$(ASSAY) --generate-completion-script bash >$(DESTDIR)$(PREFIX)/share/bash-completion/completions/assay
	$(ASSAY) --generate-completion-script zsh >$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_assay
	$(ASSAY) --generate-completion-script fish >$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/assay.fish

# Writes what the documentation takes from the program: man page, catalogue of rules, page on policies.
docs: build
	$(ASSAY) write-documents docs

# A relocatable archive with man page, completions, bill of materials and checksums, in dist/.
dist: $(if $(filter $(ASSAY),$(PROGRAM)),build) setup-dist
	packaging/dist $(PROGRAM) dist

# Packs a program and uses it from another folder.
check-dist: setup-dist
	packaging/check $(PROGRAM)

# Installs the Debian packages that are missing.
define packages
@dpkg -s $(1) >/dev/null 2>&1 || { \
    sudo=$$(test $$(id -u) -eq 0 || echo sudo); \
    $$sudo apt-get update -q && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -q -y --no-install-recommends $(1); }
endef

setup:
	$(call packages,$(PACKAGES))

setup-dist:
	$(call packages,jq patchelf)

browser-setup:
	$(call packages,$(BROWSER))
