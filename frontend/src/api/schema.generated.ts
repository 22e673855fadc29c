/** How much more than an equal share a member owes. */
export type AdjustmentInput = {
  /** May be negative; zero for those who take part plainly. */
  amount: string;
  memberId: string;
};

/** Who has read a text or gives advice. */
export type Advisor =
  /** Google's model. */
  | 'GEMINI'
  /** The built-in reader. */
  | 'RULES';

/** How much of a budget is spent. */
export type BudgetLevel =
  /** At least 80% of the limit. */
  | 'NEAR'
  /** The whole limit or more. */
  | 'REACHED'
  /** Less than 80% of the limit. */
  | 'WITHIN';

/** How a category looks. */
export type CategoryInput = {
  /** As "#5b2a5f". */
  colour: string;
  /** An emoji, or the name of an icon. */
  icon: string;
  name: string;
};

/** A new expense. */
export type CreateExpenseInput = {
  /** Such as "groceries"; what suggestCategory tells when not given. */
  category?: string | null | undefined;
  /** The caller's own today when not given. */
  date?: string | null | undefined;
  description: string;
  groupId: string;
  /** The same key saves the same expense once, however often it is sent. */
  idempotencyKey: string;
  notes?: string | null | undefined;
  payers: Array<PayerInput>;
  /**
   * How much of the group's currency a unit of the total's currency is, such as "0.9227": up to 10 decimals. Only for
   * another currency than the group's; it is fixed when it is saved.
   */
  rate?: string | null | undefined;
  split: SplitInput;
  total: MoneyInput;
};

/** A new group. */
export type CreateGroupInput = {
  /** The default currency of new expenses. */
  currency: string;
  /** A description: up to 1,000 characters. */
  description?: string | null | undefined;
  /** The names of guests to add; all must be different. */
  guests?: Array<string> | null | undefined;
  /** The same key creates one group, however often it is sent. */
  idempotencyKey?: string | null | undefined;
  /** The kind of group. A direct group cannot be created this way. */
  kind?: GroupKind | null | undefined;
  /** The name: 1 to 100 characters. */
  name: string;
  /** Whether settlements minimise the number of transfers, so that members may pay others than those they owe. */
  simplify?: boolean | null | undefined;
};

/** An expense that is entered again and again; its date is the first day. */
export type CreateScheduleInput = {
  /** Such as "groceries"; what suggestCategory tells when not given. */
  category?: string | null | undefined;
  /** How often it is entered altogether. */
  count?: number | null | undefined;
  /** The caller's own today when not given. */
  date?: string | null | undefined;
  description: string;
  /** Every so many days, weeks, months or years. */
  every?: number | null | undefined;
  frequency: Frequency;
  groupId: string;
  /** The same key saves the same expense once, however often it is sent. */
  idempotencyKey: string;
  notes?: string | null | undefined;
  payers: Array<PayerInput>;
  /**
   * How much of the group's currency a unit of the total's currency is, such as "0.9227": up to 10 decimals. Only for
   * another currency than the group's; it is fixed when it is saved.
   */
  rate?: string | null | undefined;
  split: SplitInput;
  /** Where these days are days, such as "Europe/Berlin"; the time zone of the caller's account when not given. */
  timeZone?: string | null | undefined;
  total: MoneyInput;
  /** The last day on which it may be entered. */
  until?: string | null | undefined;
};

/** What is said about an expense; what is not given stays. */
export type DraftChanges = {
  category?: string | null | undefined;
  date?: string | null | undefined;
  description?: string | null | undefined;
  /** An empty text takes the notes away. */
  notes?: string | null | undefined;
  payers?: Array<PayerInput> | null | undefined;
  /**
   * How much of the group's currency a unit of the total's currency is; null takes it away. A total in another currency
   * has none unless it is given.
   */
  rate?: string | null | undefined;
  split?: SplitInput | null | undefined;
  /** A single payer has then paid the new total, and the same rule splits it, unless said otherwise. */
  total?: MoneyInput | null | undefined;
};

/** How far a draft has come. */
export type DraftStatus =
  /** Is an expense. */
  | 'CONFIRMED'
  /** Was dropped. */
  | 'DISCARDED'
  /** Can be confirmed together with what is missing. */
  | 'FAILED'
  /** Not read yet. */
  | 'PENDING'
  /** Can be confirmed as it is. */
  | 'READY';

/** What is to be different about a recorded payment; what is left out stays. */
export type EditPaymentInput = {
  /** How much, in any currency; more than zero. */
  amount?: MoneyInput | null | undefined;
  /** The day the money moved. */
  date?: string | null | undefined;
  /** The version that was looked at; refused with `STALE_VERSION` when there is a newer one. */
  expectedVersion: number;
  /** Which payment. */
  id: string;
  /** How. */
  method?: PaymentMethod | null | undefined;
  /** Anything worth remembering, up to 1000 characters; null takes the note away. */
  note?: string | null | undefined;
};

/** What a member owes. */
export type ExactShareInput = {
  amount: string;
  memberId: string;
};

/** Which expenses are wanted: those for which all of it is true. */
export type ExpenseFilter = {
  category?: string | null | undefined;
  /** In which currency; the group's own when an amount is given and no currency. */
  currency?: string | null | undefined;
  from?: string | null | undefined;
  includeDeleted?: boolean | null | undefined;
  /** The most that it came to, in the currency of the filter. */
  maxAmount?: string | null | undefined;
  /** Who paid or owes. */
  memberId?: string | null | undefined;
  /** The least that it came to, in the currency of the filter. */
  minAmount?: string | null | undefined;
  /** Who paid. */
  payerId?: string | null | undefined;
  /** The beginnings of words of the description or the notes, in any case, with or without accents. */
  text?: string | null | undefined;
  to?: string | null | undefined;
};

/** A part of an expense that a change can be about. */
export type ExpensePart =
  | 'CATEGORY'
  | 'DATE'
  | 'DESCRIPTION'
  | 'NOTES'
  | 'PAYERS'
  | 'RATE'
  | 'SPLIT'
  | 'TOTAL';

/** How a group is written to a file. */
export type ExportFormat =
  /** A table for spreadsheets: a row for each expense and payment, with what it adds to each balance. */
  | 'CSV'
  /** Everything, for importLedger: balances are equal then. */
  | 'JSON';

/** What is counted between two days of a schedule. */
export type Frequency =
  /** Days. */
  | 'DAILY'
  /** Months; the 31st falls on the last day of a shorter one. */
  | 'MONTHLY'
  /** Weeks. */
  | 'WEEKLY'
  /** Years. */
  | 'YEARLY';

/** What a group is for. */
export type GroupKind =
  /** A couple. */
  | 'COUPLE'
  /** Two friends; created by `directGroup`. */
  | 'DIRECT'
  /** An event, such as a party or a wedding. */
  | 'EVENT'
  /** A shared flat or house. */
  | 'HOME'
  /** Anything else. */
  | 'OTHER'
  /** A trip. */
  | 'TRIP';

/** What a file was written by. */
export type ImportFormat =
  /** The statement of a bank: what left the account are expenses of the caller. */
  | 'BANK_CSV'
  /** Nextcloud Cospend. */
  | 'COSPEND_CSV'
  /** I Hate Money, as a table. */
  | 'IHATEMONEY_CSV'
  /** I Hate Money. */
  | 'IHATEMONEY_JSON'
  /** Quits itself. */
  | 'QUITS_JSON'
  /** Spliit, as a table. */
  | 'SPLIIT_CSV'
  /** Spliit, all there is. */
  | 'SPLIIT_JSON'
  /** Splitwise, in any of its languages. */
  | 'SPLITWISE_CSV'
  /** Tricount. */
  | 'TRICOUNT_JSON';

/** A file: as text, or as bytes in base64 when its charset is unknown; exactly one of the two. */
export type ImportInput = {
  content?: string | null | undefined;
  contentBase64?: string | null | undefined;
  /** Of amounts that name no currency. */
  currency?: string | null | undefined;
  dryRun?: boolean | null | undefined;
  format: ImportFormat;
  /** What the new group is called; as the file says when not given. */
  groupName?: string | null | undefined;
  idempotencyKey: string;
};

/** One line of a receipt. */
export type ItemInput = {
  amount: string;
  /** Who had it; shared equally. */
  memberIds: Array<string>;
  name: string;
};

/** A receipt: items, and what is spread over them in proportion. */
export type ItemizedInput = {
  discount?: string | null | undefined;
  items: Array<ItemInput>;
  tax?: string | null | undefined;
  tip?: string | null | undefined;
};

/** Who signs in. */
export type LoginInput = {
  /** What the session is opened on, such as "Firefox on Linux"; up to 100 characters, shown in the list of sessions. */
  device?: string | null | undefined;
  /** In capitals or not. */
  email: string;
  /** As it was chosen. */
  password: string;
};

/** Whether a member is in the group. */
export type MemberState =
  /** A current member. */
  | 'ACTIVE'
  /** A former member, whose balance stays and can be settled. */
  | 'LEFT';

/** An amount of money. More decimals than the currency has are refused, never rounded. */
export type MoneyInput = {
  /** Such as "12.34". */
  amount: string;
  /** Such as "EUR". */
  currency: string;
};

/** A way to be paid outside of Quits. */
export type PayHandleInput = {
  /** Whose account it is; needed for IBAN and UPI. */
  holder?: string | null | undefined;
  /** What it is. */
  kind: PayHandleKind;
  /**
   * The number of the account with or without spaces, the name of the page or its address, the address of UPI, or the
   * https link.
   */
  value: string;
};

/** How somebody can be paid outside of Quits. */
export type PayHandleKind =
  /** A bank account. */
  | 'IBAN'
  /** Any other page. */
  | 'LINK'
  /** A page of PayPal.Me. */
  | 'PAYPAL'
  /** A page of Revolut.Me. */
  | 'REVOLUT'
  /** An address of India's Unified Payments Interface. */
  | 'UPI';

/** What a payer paid. */
export type PayerInput = {
  amount: string;
  memberId: string;
};

/** What was done to a payment. */
export type PaymentChange =
  /** Its receiver confirmed it. */
  | 'CONFIRMED'
  /** One of the parties disputed it. */
  | 'DISPUTED'
  /** A dispute with the card's provider has ended, and it stands. */
  | 'DISPUTE_ENDED'
  /** It was edited. */
  | 'EDITED'
  /** It will not be made. */
  | 'FAILED'
  /** It was recorded, or its money has moved by card. */
  | 'RECORDED'
  /** Money of it went back; the amount is what still counts. */
  | 'REFUNDED'
  /** It was begun, by card. */
  | 'STARTED'
  /** It was taken back. */
  | 'VOIDED';

/** How money moved. */
export type PaymentMethod =
  /** From one account to another. */
  | 'BANK_TRANSFER'
  /** By card, through Quits. */
  | 'CARD'
  /** In cash. */
  | 'CASH'
  /** In another way. */
  | 'OTHER';

/** How far a payment has come. Only PROCESSED and DISPUTED count in the balance. */
export type PaymentStatus =
  /** The receiver says that nothing came. It counts until that is settled. */
  | 'DISPUTED'
  /** The money did not move. */
  | 'FAILED'
  /** Under way; the money has not moved. */
  | 'PENDING'
  /** The money has moved. */
  | 'PROCESSED'
  /** The money went back. */
  | 'REFUNDED'
  /** It should not have been recorded. */
  | 'VOIDED';

/** What part of the total a member owes; all make 100. */
export type PercentShareInput = {
  memberId: string;
  /** Up to two decimals. */
  percent: string;
};

/** The photo of a receipt. */
export type PhotoInput = {
  /** The file, at most 4 MB of it. */
  base64: string;
  /** "image/jpeg", "image/png" or "image/webp". */
  mediaType: string;
};

/** What an expense begins with. */
export type PresetInput = {
  category?: string | null | undefined;
  /** Whether new expenses of the group begin with it. The default before it is one no longer. */
  isDefault?: boolean | null | undefined;
  name: string;
  /** Who pays; whoever enters the expense when not given. */
  payerId?: string | null | undefined;
  /** Equal, by percent or by weights: without amounts. */
  split: SplitInput;
};

/** A payment that was made outside of Quits. */
export type RecordPaymentInput = {
  /** How much, in any currency; more than zero. */
  amount: MoneyInput;
  /** The day the money moved; the caller's own today if left out. */
  date?: string | null | undefined;
  /** Who paid; may have left the group. */
  fromMemberId: string;
  /** In which group. */
  groupId: string;
  /** The same key and input again give the same payment. */
  idempotencyKey: string;
  /** How; a payment by CARD cannot be recorded by hand. */
  method?: PaymentMethod | null | undefined;
  /** Anything worth remembering, up to 1000 characters. */
  note?: string | null | undefined;
  /** Who received; may have left the group. */
  toMemberId: string;
};

/** A new account. */
export type RegisterInput = {
  /** The currency that new groups start with. */
  defaultCurrency?: string | null | undefined;
  /** What the session is opened on, such as "Firefox on Linux"; up to 100 characters, shown in the list of sessions. */
  device?: string | null | undefined;
  /** The address to sign in with. */
  email: string;
  /** A language tag such as "de-AT"; "en" when not given. */
  locale?: string | null | undefined;
  /** The name shown to others: 1 to 100 characters. */
  name: string;
  /** 10 to 200 characters, and none of the passwords that everybody tries first. */
  password: string;
  /** A name of the IANA time zone database such as "Europe/Vienna"; "UTC" when not given. */
  timeZone?: string | null | undefined;
};

/** What happened to an expense. */
export type RevisionAction =
  | 'ADDED'
  /** A file was put with it. */
  | 'ATTACHED'
  | 'CHANGED'
  | 'DELETED'
  /** A file was taken from it. */
  | 'DETACHED'
  | 'RESTORED';

/** What a member may do. */
export type Role =
  /** May change settings and remove members, in addition to what members may do. */
  | 'ADMIN'
  /** May manage expenses, payments, guests and invitations. */
  | 'MEMBER'
  /** May do everything. */
  | 'OWNER';

/** Whether a schedule enters expenses. */
export type ScheduleStatus =
  /** It will. */
  | 'ACTIVE'
  /** It has entered the last one. */
  | 'ENDED'
  /** Not until somebody resumes it. */
  | 'PAUSED';

/** A budget to set. */
export type SetBudgetInput = {
  /** The category; without it, the budget counts all spending. */
  category?: string | null | undefined;
  /** The group whose spending it limits; without it, it is the caller's own. */
  groupId?: string | null | undefined;
  /** The limit per month. */
  limit: MoneyInput;
};

/** How an expense is split: exactly one of these. */
export type SplitInput =
  {   /** Equal, and so much more or less each. */
  adjustments: Array<AdjustmentInput>; equal?: never; exact?: never; items?: never; percent?: never; weights?: never; }
  |  { adjustments?: never;   /** The same for each of these members. */
  equal: Array<string>; exact?: never; items?: never; percent?: never; weights?: never; }
  |  { adjustments?: never; equal?: never;   /** So much each; must make the total. */
  exact: Array<ExactShareInput>; items?: never; percent?: never; weights?: never; }
  |  { adjustments?: never; equal?: never; exact?: never;   /** Every item by those who had it. */
  items: ItemizedInput; percent?: never; weights?: never; }
  |  { adjustments?: never; equal?: never; exact?: never; items?: never;   /** Percentages; must make 100. */
  percent: Array<PercentShareInput>; weights?: never; }
  |  { adjustments?: never; equal?: never; exact?: never; items?: never; percent?: never;   /** In proportion to weights. */
  weights: Array<WeightedShareInput>; };

/** How an expense is split. */
export type SplitMode =
  /** Equal, and so much more or less each. */
  | 'ADJUSTMENTS'
  /** The same for each. */
  | 'EQUAL'
  /** So much each. */
  | 'EXACT'
  /** Every item by those who had it. */
  | 'ITEMS'
  /** Percentages that make 100. */
  | 'PERCENT'
  /** In proportion to weights. */
  | 'WEIGHTS';

/** A change of an expense; what is not given stays. */
export type UpdateExpenseInput = {
  category?: string | null | undefined;
  date?: string | null | undefined;
  description?: string | null | undefined;
  /** The version that the change was made for. */
  expectedVersion: number;
  id: string;
  /** An empty text takes the notes away. */
  notes?: string | null | undefined;
  payers?: Array<PayerInput> | null | undefined;
  /**
   * How much of the group's currency a unit of the total's currency is; null takes it away. A total in another currency
   * has none unless it is given.
   */
  rate?: string | null | undefined;
  split?: SplitInput | null | undefined;
  /** A single payer has then paid the new total, and the same rule splits it, unless said otherwise. */
  total?: MoneyInput | null | undefined;
};

/** A change of a group's settings. Omitted settings do not change. */
export type UpdateGroupInput = {
  /** Whether claims of guests need the approval of an owner or admin. */
  approveClaims?: boolean | null | undefined;
  /** The default currency of new expenses. */
  currency?: string | null | undefined;
  /** A description: up to 1,000 characters. Null removes it. */
  description?: string | null | undefined;
  /** The version of the group on which the change is based. */
  expectedVersion: number;
  /** The group's id. */
  id: string;
  /** The kind of group. Changing to or from a direct group is refused. */
  kind?: GroupKind | null | undefined;
  /** The name: 1 to 100 characters. */
  name?: string | null | undefined;
  /** Whether settlements minimise the number of transfers, so that members may pay others than those they owe. */
  simplify?: boolean | null | undefined;
};

/** What is to be changed of a profile; what is left out stays as it is. */
export type UpdateProfileInput = {
  /** The https address of a picture, or a data URL of a PNG, JPEG or WebP of at most 32 KiB. Null removes it. */
  avatarUrl?: string | null | undefined;
  /** The currency that new groups start with. */
  defaultCurrency?: string | null | undefined;
  /** A language tag such as "de-AT". */
  locale?: string | null | undefined;
  /** The name shown to others: 1 to 100 characters. */
  name?: string | null | undefined;
  /** A name of the IANA time zone database such as "Europe/Vienna". */
  timeZone?: string | null | undefined;
};

/** How much of the total a member owes, in relation to the others. */
export type WeightedShareInput = {
  memberId: string;
  /** Up to two decimals, not negative. */
  weight: string;
};
