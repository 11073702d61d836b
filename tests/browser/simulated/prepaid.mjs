// A prepaid account of one currency, in cents: granted and topped-up money, and all that was ever spent.
export class PrepaidAccount {
  constructor(key, { granted = 0, toppedUp = 0 } = {}) {
    Object.assign(this, { key, granted, toppedUp, spent: 0 });
  }

  get keys() {
    return [this.key];
  }

  spend(cents) {
    const granted = Math.min(this.granted, cents);
    this.granted -= granted;
    this.toppedUp -= cents - granted;
    this.spent += cents;
  }

  topUp(cents) {
    this.toppedUp += cents;
  }
}
