/// The page of the documentation that says what a policy file may hold, made from the limits themselves.
public enum PolicyDocument {
    public static var markdown: String {
        let policy = Policy()
        let rows = PolicyLimit.all.map { limit in
            "| `\(limit.key)` | \(limit.range) | \(limit.text(policy)) | \(limit.meaning) |"
        }
        return """
            # Policy files

            <!-- Made by `make docs` from the policy's limits: do not edit. -->

            A policy is a YAML mapping. `assay policy init` writes one with a comment on every limit, `assay policy check \
            FILE` says whether a file can be used. A limit that is left out keeps its default; an unknown key, a wrong \
            type or an impossible value is refused with its line, exit code 64, before any work begins.

            | Key | Value | Default | Meaning |
            | --- | --- | ---: | --- |
            \(rows.joined(separator: "\n"))
            | `\(SuppressionEntry.key)` | a list | empty | Failures that a person accepts in writing. |

            ## Suppressions

            Each entry has four keys, all of them required:

            | Key | Value |
            | --- | --- |
            | `rule` | Code of the rule whose failure is accepted, such as ASY220; `assay explain` lists them. |
            | `sha256` | Digest of the model that it is for, as the result of the same command shows it under `suspect`. |
            | `justification` | Why it is accepted, in words. |
            | `expires` | The last day on which it applies, in UTC: 2026-12-31. |

            The digest is that of the list of the model's files as `sha256sum` prints it, sorted by name, so that a \
            suppression ends when any of these files changes. The same list alone, under the key \
            `\(SuppressionEntry.key)`, may stand in a file of its own for `--suppressions`.

            - A suppression accepts failures and findings only. A rule that could not be decided stays undecided, and the \
            exit code 2: what was not measured cannot be accepted.
            - Every one is announced on stderr and listed in every report, with the failure it accepts still shown as \
            failed.
            - One that has expired does not apply, and is said. The system's clock decides; `SOURCE_DATE_EPOCH` does not.
            - One for another model, or that nothing needs, is said too.

            ## Baseline

            `--baseline result.json` takes an earlier result of the same command. The gate then fails only on what is new \
            or worse, and the reports list what is new, worse, unchanged and fixed. A trigger is worse when its effect is \
            now above the interval that it had, a count when it is greater; a tensor, tokenizer entry or file that was not \
            among the failures is new, and so is a tokenizer entry or code file whose content changed. What a suppression accepted in the baseline is \
            not part of it, so that the failure is new again when the suppression ends. Undecided rules stay undecided.

            ## Exit codes

            | Code | When |
            | ---: | --- |
            | 0 | Every rule passed or its failure is accepted, or `--fail-on never`. |
            | 1 | Any rule failed that is not accepted. |
            | 2 | Otherwise, any rule could not be decided, or the command could not do its work. |
            | 64 | The command line or a policy is wrong. |

            """
    }
}
