"""Verdicts of Google's libphonenumber (its Python port) for the tests of `tests/contact/phone.rs`.

    pip install phonenumbers==9.0.33
    python tests/phone_oracle.py e164 > target/e164.tsv
    python tests/phone_oracle.py national > target/national.tsv
    python tests/phone_oracle.py table < fixtures/phone/numbers.tsv   # the rows as they should be
    PHONE_ORACLE_E164=target/e164.tsv PHONE_ORACLE_NATIONAL=target/national.tsv \\
        cargo test --release --test contact phone -- --ignored --nocapture

The version of the port must have the metadata of the phonenumber crate in Cargo.lock
(0.3.10+9.0.33 goes with 9.0.33). The numbers are made from the metadata with a fixed seed: for
each region and kind the example number, then neighbours of it (a digit changed, dropped, added,
a trunk zero put in), then numbers of random digits under each calling code.
"""

import random
import sys

import phonenumbers as p
from phonenumbers import PhoneMetadata, PhoneNumber, PhoneNumberType as T

rng = random.Random(20260101)
KINDS = {
    T.FIXED_LINE: "FixedLine", T.MOBILE: "Mobile", T.FIXED_LINE_OR_MOBILE: "FixedLineOrMobile",
    T.TOLL_FREE: "TollFree", T.PREMIUM_RATE: "PremiumRate", T.SHARED_COST: "SharedCost",
    T.VOIP: "Voip", T.PERSONAL_NUMBER: "PersonalNumber", T.PAGER: "Pager", T.UAN: "Uan",
    T.VOICEMAIL: "Voicemail", T.UNKNOWN: "",
}
REASONS = {0: "Possible", 4: "LocalOnly", 1: "UnknownCallingCode", 2: "TooShort", 3: "TooLong",
           5: "WrongLength"}


def number_of(text):
    """The number with the very digits of `text`; the parser would drop some of them."""
    digits = text[1:]
    for n in (1, 2, 3):
        if int(digits[:n]) in p.COUNTRY_CODE_TO_REGION_CODE:
            national = digits[n:]
            if not national:
                return None  # no number in their sense
            bare = national.lstrip("0") or "0"
            zeros = len(national) - len(bare)
            return PhoneNumber(
                country_code=int(digits[:n]), national_number=int(national),
                italian_leading_zero=True if zeros else None,
                number_of_leading_zeros=zeros if zeros > 1 else None)
    return None


def examples():
    for region in sorted(p.SUPPORTED_REGIONS):
        for kind in KINDS:
            example = p.example_number_for_type(region, kind)
            if example:
                yield region, p.format_number(example, p.PhoneNumberFormat.E164), example
    for code in sorted(p.COUNTRY_CODES_FOR_NON_GEO_REGIONS):
        example = p.example_number_for_non_geo_entity(code)
        if example:
            yield "001", p.format_number(example, p.PhoneNumberFormat.E164), example


def neighbours(text, code):
    start = 1 + len(str(code))
    for _ in range(14):
        at = rng.randrange(start, len(text))
        yield text[:at] + rng.choice("0123456789") + text[at + 1:]
    for _ in range(4):
        at = rng.randrange(start, len(text))
        yield text[:at] + rng.choice("0123456789") + rng.choice("0123456789") + text[at + 2:]
    at = rng.randrange(start, len(text))
    yield text[:at] + text[at + 1:]
    yield text[:at] + rng.choice("0123456789") + text[at:]
    yield text[:start] + "0" + text[start:]
    yield text[:-1]
    yield text + rng.choice("0123456789")


def e164():
    texts = set()
    for _, text, example in examples():
        texts.add(text)
        texts.update(neighbours(text, example.country_code))
    for code in range(1, 1000):
        for _ in range(60 if code in p.COUNTRY_CODE_TO_REGION_CODE else 1):
            length = rng.randrange(1, 16 - len(str(code)))
            texts.add("+%d%s" % (code, "".join(rng.choice("0123456789") for _ in range(length))))
    verdicts(sorted(text for text in texts if 2 <= len(text) <= 16))


def table():
    verdicts(line.split("\t")[0].strip() for line in sys.stdin if line.startswith("+"))


def verdicts(texts):
    for text in texts:
        number = number_of(text)
        if text[1:].isdigit() and int(text[1:]) in p.COUNTRY_CODE_TO_REGION_CODE:
            continue
        if number is None:
            print(text, "UnknownCallingCode", "0", "", "", sep="\t")
            continue
        valid = p.is_valid_number(number)
        region = p.region_code_for_number(number) if valid else ""
        kind = KINDS[p.number_type(number)] if valid else ""
        print(text, REASONS[p.is_possible_number_with_reason(number)], int(valid), region, kind,
              sep="\t")


def national():
    for region, text, example in examples():
        if region == "001":
            continue
        texts = [p.format_number(example, p.PhoneNumberFormat.NATIONAL),
                 p.national_significant_number(example)]
        for other in neighbours(text, example.country_code):
            try:
                number = p.parse(other)
            except p.NumberParseException:
                continue
            texts.append(p.format_number(number, p.PhoneNumberFormat.NATIONAL))
        for written in texts:
            try:
                number = p.parse(written, region)
            except p.NumberParseException:
                print(region, written, "", sep="\t")
                continue
            valid = p.is_valid_number(number)
            print(region, written,
                  p.format_number(number, p.PhoneNumberFormat.E164) if valid else "", sep="\t")


{"e164": e164, "table": table, "national": national}[sys.argv[1]]()
