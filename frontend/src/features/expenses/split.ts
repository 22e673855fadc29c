import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { newKey } from '../../lib/key'
import type { ItemInput, SplitInput, SplitMode } from '../../api/schema.generated'
import { decimalText, parseHundredths, parseMoney, sum, type ParseProblem } from '../../lib/money'
import { assign, problemText, readEach, wire, type Texts, type Whole } from '../../lib/amounts'

/** The modes in the order of the switch. */
export const MODES = [
  'EQUAL',
  'EXACT',
  'PERCENT',
  'WEIGHTS',
  'ADJUSTMENTS',
  'ITEMS',
] as const satisfies readonly SplitMode[]

const LABELS: Record<SplitMode, MessageDescriptor> = {
  EQUAL: msg`Equally`,
  EXACT: msg`Exact`,
  PERCENT: msg`Percent`,
  WEIGHTS: msg`Shares`,
  ADJUSTMENTS: msg`Adjust`,
  ITEMS: msg`Items`,
}

const SENTENCES: Record<SplitMode, MessageDescriptor> = {
  EQUAL: msg`Split equally`,
  EXACT: msg`Split by exact amounts`,
  PERCENT: msg`Split by percent`,
  WEIGHTS: msg`Split by shares`,
  ADJUSTMENTS: msg`Split equally with adjustments`,
  ITEMS: msg`Split by items`,
}

/** The name of a mode, for its switch. */
export function modeLabel(mode: SplitMode): string {
  return t(LABELS[mode])
}

/** How an expense is split: "Split equally". */
export function splitSentence(mode: SplitMode): string {
  return t(SENTENCES[mode])
}

/** Members who take no part. */
export type Without = Record<string, boolean>

export interface ItemForm {
  key: string
  name: string
  amount: string
  without: Without
}

/** How the total is shared, as typed. What one mode was told stays when another is looked at. */
export interface SplitForm {
  /** The mode of a saved split that stays as it is; null once a split is entered here. */
  kept: SplitMode | null
  mode: SplitMode
  /** For equal splits and adjustments. */
  without: Without
  exact: Texts
  percent: Texts
  /** Empty fields count as zero, untouched ones as one. */
  weights: Texts
  adjustments: Texts
  items: ItemForm[]
  tax: string
  tip: string
  discount: string
}

/** A split that nobody has touched yet. */
export function emptySplit(): SplitForm {
  return {
    kept: null,
    mode: 'EQUAL',
    without: {},
    exact: {},
    percent: {},
    weights: {},
    adjustments: {},
    items: [emptyItem()],
    tax: '',
    tip: '',
    discount: '',
  }
}

export function emptyItem(): ItemForm {
  return { key: newKey(), name: '', amount: '', without: {} }
}

/** What the fields of the mode mean. */
export interface SplitReading {
  split?: SplitInput
  /** What has to become zero: minor units, or hundredths of a percent. */
  left?: bigint
  /** What is shared equally after the adjustments. */
  rest?: bigint
  problem?: string | undefined
}

/** Those who take part. */
export function sharers(without: Without, members: readonly string[]): string[] {
  return members.filter((id) => !without[id])
}

type Members = readonly string[]
type Reader = (form: SplitForm, members: Members, whole: Whole) => SplitReading

const nobody = () => t`Choose who shares this.`

const READERS: Record<SplitMode, Reader> = {
  EQUAL: (form, members) => {
    const equal = sharers(form.without, members)
    return equal.length > 0 ? { split: { equal } } : { problem: nobody() }
  },
  EXACT: (form, members, whole) => {
    const { parts, left, problem } = assign(form.exact, members, whole)
    const unbalanced = left === 0n ? undefined : t`The shares do not add up to the total yet.`
    return finish({ left, problem: problem ?? unbalanced }, { exact: parts })
  },
  PERCENT: readPercent,
  WEIGHTS: readWeights,
  ADJUSTMENTS: readAdjustments,
  ITEMS: readItems,
}

/** Reads the mode that is chosen; a kept split has nothing to read. */
export function readSplit(form: SplitForm, members: Members, whole: Whole): SplitReading {
  return form.kept ? {} : READERS[form.mode](form, members, whole)
}

/**
 * What the shares or items add up to, in minor units: the total of an expense whose amount nobody
 * has typed. Undefined in the other modes, and before anything is typed.
 */
export function derivedTotal(form: SplitForm, members: Members, currency: string) {
  if (form.kept || (form.mode !== 'EXACT' && form.mode !== 'ITEMS')) return undefined
  const nothing: Whole = { minor: 0n, currency, sign: 1n }
  const { left } = READERS[form.mode](form, members, nothing)
  return left !== undefined && left < 0n ? -left : undefined
}

function finish(reading: SplitReading, split: SplitInput): SplitReading {
  return reading.problem ? reading : { ...reading, split }
}

function numberText(problem: ParseProblem): string {
  const exact = problem === 'decimals' || problem === 'unclear'
  return exact ? t`Two decimals are enough.` : t`This is not a number.`
}

function readHundredths(members: Members, textOf: (id: string) => string) {
  const { values, problem } = readEach(members, (id) => parseHundredths(textOf(id)), numberText)
  const negative = values.some(([, value]) => value < 0n)
  return {
    parts: values.filter(([, value]) => value !== 0n),
    problem: negative ? t`Nothing can be negative here.` : problem,
  }
}

const HUNDRED_PERCENT = 10_000n

function readPercent(form: SplitForm, members: Members): SplitReading {
  const { parts, problem } = readHundredths(members, (id) => form.percent[id] ?? '')
  const left = HUNDRED_PERCENT - sum(parts.map(([, value]) => value))
  const unbalanced = left === 0n ? undefined : t`The percentages do not make 100 yet.`
  return finish(
    { left, problem: problem ?? unbalanced },
    { percent: parts.map(([memberId, value]) => ({ memberId, percent: decimalText(value, 2) })) },
  )
}

/** The text of a weight field: one share each, until something else is typed. */
export function weightText(form: SplitForm, memberId: string): string {
  return form.weights[memberId] ?? '1'
}

function readWeights(form: SplitForm, members: Members): SplitReading {
  const { parts, problem } = readHundredths(members, (id) => weightText(form, id))
  return finish(
    { problem: problem ?? (parts.length === 0 ? nobody() : undefined) },
    { weights: parts.map(([memberId, value]) => ({ memberId, weight: decimalText(value, 2) })) },
  )
}

function readAdjustments(form: SplitForm, members: Members, whole: Whole): SplitReading {
  const taking = sharers(form.without, members)
  if (taking.length === 0) return { problem: nobody() }
  const { values, problem } = readEach(
    taking,
    (id) => parseMoney(form.adjustments[id] ?? '', whole.currency),
    (wrong) => problemText(wrong, whole.currency),
  )
  const own = new Map(values)
  const rest = whole.minor - sum(own.values())
  const exceeding = rest < 0n ? t`The adjustments are more than the total.` : undefined
  return finish(
    { rest, problem: problem ?? exceeding },
    {
      adjustments: taking.map((memberId) => ({
        memberId,
        amount: wire(own.get(memberId) ?? 0n, whole),
      })),
    },
  )
}

interface Line {
  minor: bigint
  input?: ItemInput
  problem?: string
}

function readItem(item: ItemForm, members: Members, whole: Whole): Line {
  const parsed = parseMoney(item.amount, whole.currency)
  if (!parsed.ok) return { minor: 0n, problem: problemText(parsed.problem, whole.currency) }
  const name = item.name.trim()
  if (!name) return { minor: parsed.minor, problem: t`Every item needs a name.` }
  const memberIds = sharers(item.without, members)
  if (memberIds.length === 0) return { minor: parsed.minor, problem: t`Choose who had “${name}”.` }
  return { minor: parsed.minor, input: { name, amount: wire(parsed.minor, whole), memberIds } }
}

/** Tax, tip or discount; an empty field is none. */
function readExtra(text: string, whole: Whole): Line {
  const parsed = parseMoney(text, whole.currency)
  if (parsed.ok && parsed.minor < 0n) {
    return { minor: parsed.minor, problem: t`Amounts cannot be negative.` }
  }
  if (parsed.ok) return { minor: parsed.minor }
  return parsed.problem === 'empty'
    ? { minor: 0n }
    : { minor: 0n, problem: problemText(parsed.problem, whole.currency) }
}

function readItems(form: SplitForm, members: Members, whole: Whole): SplitReading {
  const filled = form.items.filter(({ name, amount }) => name.trim() || amount.trim())
  const lines = filled.map((item) => readItem(item, members, whole))
  const tax = readExtra(form.tax, whole)
  const tip = readExtra(form.tip, whole)
  const discount = readExtra(form.discount, whole)
  const left = whole.minor - sum([...lines, tax, tip].map(({ minor }) => minor)) + discount.minor
  const problem = [...lines, tax, tip, discount].find((line) => line.problem)?.problem
  const none = lines.length === 0 ? t`Enter what was bought.` : undefined
  const unbalanced = left === 0n ? undefined : t`The items do not add up to the total yet.`
  return finish(
    { left, problem: none ?? problem ?? unbalanced },
    {
      items: {
        items: lines.flatMap(({ input }) => input ?? []),
        tax: wire(tax.minor, whole),
        tip: wire(tip.minor, whole),
        discount: wire(discount.minor, whole),
      },
    },
  )
}
