import { plural, t } from '@lingui/core/macro'
import {
  editMoney,
  exponentOf,
  formatMoney,
  fromMinor,
  isSum,
  parseMoney,
  sum,
  type Parsed,
  type ParseProblem,
} from './money'

/** What is shared out: typed without a sign, also when it is a refund. */
export interface Whole {
  /** Minor units, zero as long as the total is not known. */
  minor: bigint
  currency: string
  /** -1n turns everything that was typed into a refund. */
  sign: 1n | -1n
}

/** Typed texts by member. */
export type Texts = Record<string, string>

export interface Part {
  memberId: string
  amount: string
}

/** A typed amount as it is sent. */
export function wire(minor: bigint, { currency, sign }: Whole): string {
  return fromMinor(minor * sign, currency).amount
}

/** A sentence for what is wrong with a typed amount. */
export function problemText(problem: ParseProblem, currency: string): string {
  const decimals = exponentOf(currency)
  const one = 10n ** BigInt(decimals)
  const [thousand, single] = [editMoney(one * 1000n, currency), editMoney(one, currency)]
  return {
    empty: t`Enter an amount.`,
    malformed: t`This is not an amount.`,
    decimals: plural(decimals, {
      0: `${currency} has no decimals.`,
      one: `${currency} has only # decimal.`,
      other: `${currency} has only # decimals.`,
    }),
    range: t`This is more than can be counted.`,
    unclear: t`Thousands or decimals? Write it like ${thousand} or like ${single}.`,
  }[problem]
}

/** What a typed sum comes to, such as "= €16.50"; undefined for a single amount. */
export function workedOut(text: string, currency: string): string | undefined {
  const parsed = isSum(text) ? parseMoney(text, currency) : undefined
  return parsed?.ok ? `= ${formatMoney(fromMinor(parsed.minor, currency))}` : undefined
}

interface Values {
  /** In the order of the members; who has an empty field is left out. */
  values: [memberId: string, value: bigint][]
  problem: string | undefined
}

/** Reads one field per member. */
export function readEach(
  members: readonly string[],
  parse: (memberId: string) => Parsed,
  explain: (problem: ParseProblem) => string,
): Values {
  const values: Values['values'] = []
  let problem: string | undefined
  for (const memberId of members) {
    const parsed = parse(memberId)
    if (parsed.ok) values.push([memberId, parsed.minor])
    else if (parsed.problem !== 'empty') problem = explain(parsed.problem)
  }
  return { values, problem }
}

interface Assigned {
  parts: Part[]
  left: bigint
  problem: string | undefined
}

/** Reads one typed amount per member; empty fields are members without a part. */
export function assign(texts: Texts, members: readonly string[], whole: Whole): Assigned {
  const { values, problem } = readEach(
    members,
    (id) => parseMoney(texts[id] ?? '', whole.currency),
    (wrong) => problemText(wrong, whole.currency),
  )
  const negative = values.some(([, minor]) => minor < 0n)
  return {
    parts: values
      .filter(([, minor]) => minor !== 0n)
      .map(([memberId, minor]) => ({ memberId, amount: wire(minor, whole) })),
    left: whole.minor - sum(values.map(([, minor]) => minor)),
    problem: negative ? t`Amounts cannot be negative.` : problem,
  }
}
