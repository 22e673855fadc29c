/** Narrows a feed; what is left out does not narrow it. */
export type ActivityFilter = {
  /** Done by this member, or about it. */
  memberId?: string | null | undefined;
  /** About any of these; about everything if it is empty. */
  topics?: Array<ActivityTopic> | null | undefined;
};

/** What an activity is about. */
export type ActivityTopic =
  /** Comments on expenses. */
  | 'COMMENTS'
  /** Expenses, and imports of them. */
  | 'EXPENSES'
  /** The group, its members and invitations. */
  | 'MEMBERS'
  /** Payments. */
  | 'PAYMENTS';

/** A browser that is to show notifications: the fields of its `PushSubscription`. */
export type AddPushDeviceInput = {
  /** Its authentication secret, in URL-safe Base64. */
  auth: string;
  /** Where messages for it are posted: an address of its push service. */
  endpoint: string;
  /** The language of its notifications, such as "de". */
  locale: string;
  /** Its public key, in URL-safe Base64. */
  p256dh: string;
};

/** How much more than an equal share a member owes. */
export type AdjustmentInput = {
  /** May be negative; zero for a member with an equal share. */
  amount: string;
  memberId: string;
};

/** Who has read a text or gives advice. */
export type Advisor =
  /** Google's Gemini. */
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

/** The look of a category. */
export type CategoryInput = {
  /** A colour such as "#5b2a5f". */
  colour: string;
  /** An emoji, or the name of an icon. */
  icon: string;
  name: string;
};

/** A step in the claim of a guest. */
export type ClaimStep =
  /** An owner or admin approved. */
  | 'APPROVED'
  /** The user joined as the guest. */
  | 'MADE'
  /** The user asked for approval. */
  | 'REQUESTED'
  /** An owner or admin undid it. */
  | 'UNDONE';

/** A new expense. */
export type CreateExpenseInput = {
  /** The key of a category, such as "groceries"; by default the result of suggestCategory. */
  category?: string | null | undefined;
  /** The day it was spent; by default today in the caller's time zone. */
  date?: string | null | undefined;
  description: string;
  groupId: string;
  /** Requests with the same key create one expense. */
  idempotencyKey: string;
  notes?: string | null | undefined;
  payers: Array<PayerInput>;
  /**
   * The exchange rate: units of the group's currency per unit of the total's currency, such as "0.9227", with up to
   * 10 decimals. Only if these currencies differ. The rate is fixed when the expense is saved.
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

/** A recurring expense; its date is the first due date. */
export type CreateScheduleInput = {
  /** The key of a category, such as "groceries"; by default the result of suggestCategory. */
  category?: string | null | undefined;
  /** The number of occurrences. */
  count?: number | null | undefined;
  /** The day it was spent; by default today in the caller's time zone. */
  date?: string | null | undefined;
  description: string;
  /** The interval: every n days, weeks, months or years. */
  every?: number | null | undefined;
  frequency: Frequency;
  groupId: string;
  /** Requests with the same key create one expense. */
  idempotencyKey: string;
  notes?: string | null | undefined;
  payers: Array<PayerInput>;
  /**
   * The exchange rate: units of the group's currency per unit of the total's currency, such as "0.9227", with up to
   * 10 decimals. Only if these currencies differ. The rate is fixed when the expense is saved.
   */
  rate?: string | null | undefined;
  split: SplitInput;
  /** The time zone of the dates, such as "Europe/Berlin"; by default that of the group. */
  timeZone?: string | null | undefined;
  total: MoneyInput;
  /** The last possible date. */
  until?: string | null | undefined;
};

/** Changes of the reading of a draft; omitted fields stay. */
export type DraftChanges = {
  category?: string | null | undefined;
  date?: string | null | undefined;
  description?: string | null | undefined;
  /** An empty text removes the notes. */
  notes?: string | null | undefined;
  payers?: Array<PayerInput> | null | undefined;
  /**
   * The exchange rate: units of the group's currency per unit of the total's currency; null removes it. If the
   * currency of the total changes, the rate is removed unless given.
   */
  rate?: string | null | undefined;
  split?: SplitInput | null | undefined;
  /** Unless given otherwise, a single payer has paid the new total, and the same split applies to it. */
  total?: MoneyInput | null | undefined;
};

/** The state of a draft. */
export type DraftStatus =
  /** Has become an expense. */
  | 'CONFIRMED'
  /** Was discarded. */
  | 'DISCARDED'
  /** Can be confirmed once missing values are added. */
  | 'FAILED'
  /** Not read yet. */
  | 'PENDING'
  /** Can be confirmed as it is. */
  | 'READY';

/** A change of a recorded payment; omitted fields stay. */
export type EditPaymentInput = {
  /** What was paid, in any currency; positive. */
  amount?: MoneyInput | null | undefined;
  /** The day the money moved. */
  date?: string | null | undefined;
  /** The version that the change is based on; refused with `STALE_VERSION` if there is a newer one. */
  expectedVersion: number;
  id: string;
  /** The method. */
  method?: PaymentMethod | null | undefined;
  /** Free text of up to 1000 characters; null removes the note. */
  note?: string | null | undefined;
  /** What it settles, if that is in another currency; only together with `amount`. */
  settles?: MoneyInput | null | undefined;
};

/** The amount that a member owes. */
export type ExactShareInput = {
  amount: string;
  memberId: string;
};

/** A transfer that the caller expects to be proposed. */
export type ExpectedTransferInput = {
  /** The amount; positive. */
  amount: MoneyInput;
  groupId: string;
  /** Whether the caller receives it. */
  toCaller: boolean;
};

/** Whose expenses a member may change, delete and restore, recurring ones too. Owners and admins may change all. */
export type ExpenseEditing =
  /** Everybody's. */
  | 'ALL'
  /** Those that the member entered, paid for or shares. */
  | 'INVOLVED'
  /** Those that the member entered. */
  | 'OWN';

/** A filter for expenses; a result meets all conditions. */
export type ExpenseFilter = {
  category?: string | null | undefined;
  /** The currency; by default the group's own if an amount is given. */
  currency?: string | null | undefined;
  from?: string | null | undefined;
  includeDeleted?: boolean | null | undefined;
  /** The largest total, in the currency of the filter. */
  maxAmount?: string | null | undefined;
  /** A member who paid or owes. */
  memberId?: string | null | undefined;
  /** The smallest total, in the currency of the filter. */
  minAmount?: string | null | undefined;
  /** Only what the caller paid or owes. */
  mine?: boolean | null | undefined;
  /** A member who paid. */
  payerId?: string | null | undefined;
  /** Words, or prefixes of words, in the description, the notes or the comments; ignores case and accents. */
  text?: string | null | undefined;
  to?: string | null | undefined;
};

/** A field of an expense that can differ between versions. */
export type ExpensePart =
  | 'CATEGORY'
  | 'DATE'
  | 'DESCRIPTION'
  | 'NOTES'
  | 'PAYERS'
  | 'RATE'
  | 'SPLIT'
  | 'TOTAL';

/** The format of an export file. */
export type ExportFormat =
  /** A table for spreadsheets: a row for each expense and payment, with what it adds to each balance. */
  | 'CSV'
  /** The complete ledger: importLedger gives the same balances. */
  | 'JSON';

/** The unit of the interval of a schedule. */
export type Frequency =
  /** Days. */
  | 'DAILY'
  /** Months; the 31st falls on the last day of a shorter month. */
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

/** How soon notifications of a group are to be mailed, at the most. With NEVER, they are not shown on devices either. */
export type GroupSettingInput = {
  /** Null if the group has no say. */
  frequency?: MailFrequency | null | undefined;
  groupId: string;
};

/** The format of an import file. */
export type ImportFormat =
  /** A bank statement: money that left the account is an expense of the caller. */
  | 'BANK_CSV'
  /** Nextcloud Cospend. */
  | 'COSPEND_CSV'
  /** I Hate Money's table. */
  | 'IHATEMONEY_CSV'
  /** I Hate Money's JSON. */
  | 'IHATEMONEY_JSON'
  /** Quits itself. */
  | 'QUITS_JSON'
  /** Spliit's table. */
  | 'SPLIIT_CSV'
  /** Spliit's JSON, which is complete. */
  | 'SPLIIT_JSON'
  /** Splitwise, in any of its languages. */
  | 'SPLITWISE_CSV'
  /** Tricount. */
  | 'TRICOUNT_JSON';

/** A file: either as text, or as base64 of its bytes if the encoding is unknown. */
export type ImportInput = {
  content?: string | null | undefined;
  contentBase64?: string | null | undefined;
  /** The currency of amounts without one. */
  currency?: string | null | undefined;
  dryRun?: boolean | null | undefined;
  format: ImportFormat;
  /** The name of the new group; by default the name in the file. */
  groupName?: string | null | undefined;
  idempotencyKey: string;
  /** The lines of the expenses and payments to import, as a dry run lists them; by default all. */
  lines?: Array<number> | null | undefined;
  /** The name of the caller in the file; by default the caller is somebody with the same name as in Quits. */
  me?: string | null | undefined;
};

/** The state of an import. */
export type ImportStatus =
  /** Everything has been imported. */
  | 'COMPLETE'
  /** It is running, or interrupted and can be continued by sending it again. */
  | 'RUNNING'
  /** A part was refused, and the import is being undone. */
  | 'UNDOING'
  /** The import has been undone. */
  | 'UNDONE';

/** One line of a receipt. */
export type ItemInput = {
  amount: string;
  /** The members who share it equally. */
  memberIds: Array<string>;
  name: string;
};

/** A receipt: items, and amounts that are distributed in proportion to the items. */
export type ItemizedInput = {
  discount?: string | null | undefined;
  items: Array<ItemInput>;
  tax?: string | null | undefined;
  tip?: string | null | undefined;
};

/** How a kind of notification is to be told; what is left out stays as it is. */
export type KindSettingInput = {
  /** How soon it is mailed. */
  frequency?: MailFrequency | null | undefined;
  kind: NotificationKind;
  /** Whether it is shown on devices. */
  onDevices?: boolean | null | undefined;
};

/** Credentials for signing in. */
export type LoginInput = {
  /**
   * For an account with a second step: the code of the authenticator app, or a recovery code. A login without it is
   * refused with `SECOND_FACTOR_REQUIRED` if the password is right.
   */
  code?: string | null | undefined;
  /** The device, such as "Firefox on Linux", which is shown in the list of sessions; up to 100 characters. */
  device?: string | null | undefined;
  /**
   * A random secret that the client keeps, 16 to 100 characters. A device that has signed in with it is not locked out
   * when others try to sign in to the account.
   */
  deviceKey?: string | null | undefined;
  /** The address of the account, in any case. */
  email: string;
  password: string;
};

/** How soon a notification is mailed. */
export type MailFrequency =
  /** Within a minute or two, together with what happens meanwhile. */
  | 'AT_ONCE'
  /** In one mail a day, at 8 in the morning. */
  | 'DAILY'
  /** Not at all. */
  | 'NEVER';

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

/** What notifications are about. */
export type NotificationKind =
  /** A budget is spent to 80% or 100%. */
  | 'BUDGETS'
  /** Somebody commented on an expense that the person has a part in, or mentioned the person. */
  | 'COMMENTS'
  /** An expense that the person has a part in was entered, changed, deleted or restored. */
  | 'EXPENSES'
  /** Somebody wants to be friends, or accepts to be. */
  | 'FRIENDS'
  /** An import of the person has ended. */
  | 'IMPORTS'
  /** Somebody added the person to a group, or takes the place of a guest. */
  | 'MEMBERS'
  /** A payment from or to the person was recorded, changed, confirmed or disputed. */
  | 'PAYMENTS'
  /** Somebody who is owed reminds the person. */
  | 'REMINDERS';

/** A way to be paid outside of Quits. */
export type PayHandleInput = {
  /** The account holder; required for IBAN and UPI. */
  holder?: string | null | undefined;
  kind: PayHandleKind;
  /** The IBAN with or without spaces, the name or URL of the page, the UPI address, or the https URL. */
  value: string;
};

/** The kind of a way to pay outside of Quits. */
export type PayHandleKind =
  /** A bank account. */
  | 'IBAN'
  /** Another web page. */
  | 'LINK'
  /** A PayPal.Me page. */
  | 'PAYPAL'
  /** A Revolut.Me page. */
  | 'REVOLUT'
  /** An address in India's Unified Payments Interface. */
  | 'UPI';

/** The amount that a payer paid. */
export type PayerInput = {
  amount: string;
  memberId: string;
};

/** A kind of change of a payment. */
export type PaymentChange =
  /** Its receiver confirmed it. */
  | 'CONFIRMED'
  /** One of the parties disputed it. */
  | 'DISPUTED'
  /** A dispute with the card's provider has ended. */
  | 'DISPUTE_ENDED'
  /** It was edited. */
  | 'EDITED'
  /** Its card payment will not be made. */
  | 'FAILED'
  /** It was recorded, or its card payment has succeeded. */
  | 'RECORDED'
  /** Part or all of it was returned by card; the amount is what still counts. */
  | 'REFUNDED'
  /** A card payment was started. */
  | 'STARTED'
  /** It was voided. */
  | 'VOIDED';

/** The method of a payment. */
export type PaymentMethod =
  /** By bank transfer. */
  | 'BANK_TRANSFER'
  /** By card, through Quits. */
  | 'CARD'
  /** In cash. */
  | 'CASH'
  /** Another method. */
  | 'OTHER';

/** The state of a payment. Only PROCESSED and DISPUTED payments count in balances. */
export type PaymentStatus =
  /** A party reports a problem. It counts until that is resolved. */
  | 'DISPUTED'
  /** The money will not move. */
  | 'FAILED'
  /** It is under way; no money has moved. */
  | 'PENDING'
  /** The money has moved. */
  | 'PROCESSED'
  /** The money was returned. */
  | 'REFUNDED'
  /** It should not have been recorded. */
  | 'VOIDED';

/** Whether a person can be paid by card. */
export type PayoutState =
  /** Stripe needs more information from the person. */
  | 'INCOMPLETE'
  /** There is no account at Stripe. */
  | 'NONE'
  /** The person can be paid by card. */
  | 'READY';

/** The percentage of the total that a member owes; all add up to 100. */
export type PercentShareInput = {
  memberId: string;
  /** Up to two decimals. */
  percent: string;
};

/** The photo of a receipt. */
export type PhotoInput = {
  /** The file, at most 4 MB before encoding. */
  base64: string;
  /** "image/jpeg", "image/png" or "image/webp". */
  mediaType: string;
};

/** The values that a new expense begins with. */
export type PresetInput = {
  category?: string | null | undefined;
  /** Whether new expenses of the group begin with this preset. It replaces the present default. */
  isDefault?: boolean | null | undefined;
  name: string;
  /** The payer; null means the person who enters the expense. */
  payerId?: string | null | undefined;
  /** An equal split, percentages or weights, because amounts do not apply to every total. */
  split: SplitInput;
};

/** A part of each day without mail and without notifications on devices. */
export type QuietHoursInput = {
  /** When it begins, such as "22:00". */
  from: string;
  /** When it ends. */
  to: string;
};

/** A payment that was made outside of Quits. */
export type RecordPaymentInput = {
  /** What was paid, in any currency; positive. */
  amount: MoneyInput;
  /** The day the money moved; by default today in the caller's time zone. */
  date?: string | null | undefined;
  /** The payer; may have left the group. */
  fromMemberId: string;
  groupId: string;
  /** Requests with the same key and input return the same payment. */
  idempotencyKey: string;
  /** The method; CARD is refused, because card payments cannot be recorded by hand. */
  method?: PaymentMethod | null | undefined;
  /** Free text of up to 1000 characters. */
  note?: string | null | undefined;
  /** What it settles, if that is in another currency: this counts in balances. */
  settles?: MoneyInput | null | undefined;
  /** The receiver; may have left the group. */
  toMemberId: string;
};

/** A new account. */
export type RegisterInput = {
  /** The default currency of new groups. */
  defaultCurrency?: string | null | undefined;
  /** The device, such as "Firefox on Linux", which is shown in the list of sessions; up to 100 characters. */
  device?: string | null | undefined;
  /**
   * A random secret that the client keeps, 16 to 100 characters. A device that has signed in with it is not locked out
   * when others try to sign in to the account.
   */
  deviceKey?: string | null | undefined;
  /** The address to sign in with. */
  email: string;
  /** A BCP 47 language tag such as "de-AT"; "en" by default. */
  locale?: string | null | undefined;
  /** The display name: 1 to 100 characters. */
  name: string;
  /** 10 to 200 characters; common passwords are refused. */
  password: string;
  /** An IANA time zone name such as "Europe/Vienna"; "UTC" by default. */
  timeZone?: string | null | undefined;
};

/** A kind of change. */
export type RevisionAction =
  | 'ADDED'
  /** A file was attached. */
  | 'ATTACHED'
  | 'CHANGED'
  | 'DELETED'
  /** A file was removed. */
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

/** The state of a schedule. */
export type ScheduleStatus =
  /** It enters expenses when they are due. */
  | 'ACTIVE'
  /** It has entered the last expense. */
  | 'ENDED'
  /** It enters nothing until somebody resumes it. */
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

/** A change of how the caller hears of notifications; what is left out stays as it is. */
export type SetNotificationSettingsInput = {
  groups?: Array<GroupSettingInput>;
  kinds?: Array<KindSettingInput>;
  mailIsOn?: boolean | null | undefined;
  /** Null removes them. */
  quietHours?: QuietHoursInput | null | undefined;
};

/** How an expense is split: exactly one of these fields. */
export type SplitInput =
  {   /** Equal shares, plus or minus an amount for each member. */
  adjustments: Array<AdjustmentInput>; equal?: never; exact?: never; items?: never; percent?: never; weights?: never; }
  |  { adjustments?: never;   /** Equal shares for these members. */
  equal: Array<string>; exact?: never; items?: never; percent?: never; weights?: never; }
  |  { adjustments?: never; equal?: never;   /** An exact amount for each member; they add up to the total. */
  exact: Array<ExactShareInput>; items?: never; percent?: never; weights?: never; }
  |  { adjustments?: never; equal?: never; exact?: never;   /** By items: each item is shared by the members who had it. */
  items: ItemizedInput; percent?: never; weights?: never; }
  |  { adjustments?: never; equal?: never; exact?: never; items?: never;   /** Percentages, which add up to 100. */
  percent: Array<PercentShareInput>; weights?: never; }
  |  { adjustments?: never; equal?: never; exact?: never; items?: never; percent?: never;   /** In proportion to weights. */
  weights: Array<WeightedShareInput>; };

/** The rule by which an expense is split. */
export type SplitMode =
  /** Equal shares, plus or minus an amount for each member. */
  | 'ADJUSTMENTS'
  /** Equal shares. */
  | 'EQUAL'
  /** An exact amount for each member. */
  | 'EXACT'
  /** By items: each item is shared by the members who had it. */
  | 'ITEMS'
  /** Percentages, which add up to 100. */
  | 'PERCENT'
  /** In proportion to weights. */
  | 'WEIGHTS';

/** A card payment from the caller to another member. */
export type StartCardPaymentInput = {
  /** The amount; positive. */
  amount: MoneyInput;
  groupId: string;
  /** Requests with the same key and input return the same payment. */
  idempotencyKey: string;
  /** The receiver, whose payouts must be READY. */
  toMemberId: string;
};

/** A change of an expense; omitted fields stay. */
export type UpdateExpenseInput = {
  category?: string | null | undefined;
  date?: string | null | undefined;
  description?: string | null | undefined;
  /** The version that the change is based on. */
  expectedVersion: number;
  id: string;
  /** An empty text removes the notes. */
  notes?: string | null | undefined;
  payers?: Array<PayerInput> | null | undefined;
  /**
   * The exchange rate: units of the group's currency per unit of the total's currency; null removes it. If the
   * currency of the total changes, the rate is removed unless given.
   */
  rate?: string | null | undefined;
  split?: SplitInput | null | undefined;
  /** Unless given otherwise, a single payer has paid the new total, and the same split applies to it. */
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
  /** Whose expenses a member may change. */
  expenseEditing?: ExpenseEditing | null | undefined;
  /** The group's id. */
  id: string;
  /** The kind of group. Changing to or from a direct group is refused. */
  kind?: GroupKind | null | undefined;
  /** The name: 1 to 100 characters. */
  name?: string | null | undefined;
  /** Whether settlements minimise the number of transfers, so that members may pay others than those they owe. */
  simplify?: boolean | null | undefined;
  /** The time zone of recurring expenses that are set up from now on. */
  timeZone?: string | null | undefined;
};

/** A change of the caller's profile; omitted fields stay. */
export type UpdateProfileInput = {
  /** The https URL of a picture, or a data URL of a PNG, JPEG or WebP of at most 32 KiB. Null removes the picture. */
  avatarUrl?: string | null | undefined;
  /** The default currency of new groups. */
  defaultCurrency?: string | null | undefined;
  /** A BCP 47 language tag such as "de-AT". */
  locale?: string | null | undefined;
  /** The display name: 1 to 100 characters. */
  name?: string | null | undefined;
  /** An IANA time zone name such as "Europe/Vienna". */
  timeZone?: string | null | undefined;
};

/** A change of a schedule; omitted fields stay. The date is the one from which intervals are counted. */
export type UpdateScheduleInput = {
  category?: string | null | undefined;
  /** Null removes this end. */
  count?: number | null | undefined;
  date?: string | null | undefined;
  description?: string | null | undefined;
  every?: number | null | undefined;
  /** The version that the change is based on. */
  expectedVersion: number;
  frequency?: Frequency | null | undefined;
  /** The first date that the change applies to; by default the next one. */
  from?: string | null | undefined;
  id: string;
  /** An empty text removes the notes. */
  notes?: string | null | undefined;
  payers?: Array<PayerInput> | null | undefined;
  /**
   * The exchange rate: units of the group's currency per unit of the total's currency; null removes it. If the
   * currency of the total changes, the rate is removed unless given.
   */
  rate?: string | null | undefined;
  split?: SplitInput | null | undefined;
  /** Unless given otherwise, a single payer has paid the new total, and the same split applies to it. */
  total?: MoneyInput | null | undefined;
  /** Null removes this end. */
  until?: string | null | undefined;
};

/** The weight of a member's share in relation to the others. */
export type WeightedShareInput = {
  memberId: string;
  /** Up to two decimals, not negative. */
  weight: string;
};
