// DeepSeek: prepaid balances, granted and topped up, in cents.

// One prepaid account, found by its key.
export class DeepSeekAccount {
  static host = "api.deepseek.com";
  static refusal = { status: 401, body: { error: { message: "Authentication Fails", type: "authentication_error" } } };

  constructor(key, books) {
    this.key = key;
    this.books = books; // [{ currency, granted, toppedUp }], amounts in cents
    this.isAvailable = true;
  }

  get keys() {
    return [this.key];
  }

  // Spends from the granted money first, as DeepSeek does.
  spend(cents, currency = this.books[0].currency) {
    const book = this.books.find((book) => book.currency === currency);
    const granted = Math.min(book.granted, cents);
    book.granted -= granted;
    book.toppedUp -= cents - granted;
  }

  topUp(cents, currency = this.books[0].currency) {
    this.books.find((book) => book.currency === currency).toppedUp += cents;
  }

  answer({ method, path }) {
    if (method !== "GET" || path !== "/user/balance") return { status: 404, body: { error: { message: "Not found" } } };
    return { body: this.balance() };
  }

  // The entries change places from answer to answer, as they do.
  balance() {
    this.books.reverse();
    return {
      is_available: this.isAvailable,
      balance_infos: this.books.map(({ currency, granted, toppedUp }) => ({
        currency,
        total_balance: units(granted + toppedUp),
        granted_balance: units(granted),
        topped_up_balance: units(toppedUp),
      })),
    };
  }
}

const units = (cents) => `${cents < 0 ? "-" : ""}${Math.trunc(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, "0")}`;
