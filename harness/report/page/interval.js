"use strict";
// The interval of a share, as the harness computes it (model::clopper_pearson): C. J. Clopper, E. S. Pearson, Biometrika
// 26, 1934. The trial is the unit, for the siblings of one trial share their fate; so a mean share per trial is bounded
// conservatively, and `successes` need not be whole.

/** Logarithm of the gamma function by the approximation of C. Lanczos (SIAM J. Numer. Anal. 1, 1964), for x > 0. */
function logGamma(x) {
  const coefficients = [76.18009172947146, -86.50532032941677, 24.01409824083091, -1.231739572450155,
    0.1208650973866179e-2, -0.5395239384953e-5];
  const base = x + 5.5 - (x + 0.5) * Math.log(x + 5.5);
  const sum = coefficients.reduce((total, each, at) => total + each / (x + 1 + at), 1.000000000190015);
  return -base + Math.log(2.5066282746310005 * sum / x);
}

/** Continued fraction of the incomplete beta function (W. Lentz's method). */
function betaFraction(a, b, x) {
  const tiny = 1e-300;
  const kept = (value) => (Math.abs(value) < tiny ? tiny : value);
  let d = 1 / kept(1 - (a + b) * x / (a + 1));
  let c = 1;
  let result = d;
  for (let m = 1; m <= 300; ++m) {
    const steps = [m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
      -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))];
    const before = result;
    for (const step of steps) {
      d = 1 / kept(1 + step * d);
      c = kept(1 + step / c);
      result *= d * c;
    }
    if (Math.abs(result / before - 1) < 1e-12) {
      break;
    }
  }
  return result;
}

/** The regularised incomplete beta function: the distribution of Beta(a, b) at x. */
function betaDistribution(a, b, x) {
  if (x <= 0 || x >= 1) {
    return x <= 0 ? 0 : 1;
  }
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x));
  return x < (a + 1) / (a + b + 2) ? front * betaFraction(a, b, x) / a : 1 - front * betaFraction(b, a, 1 - x) / b;
}

function betaQuantile(a, b, probability) {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 60; ++step) {
    const middle = (low + high) / 2;
    if (betaDistribution(a, b, middle) < probability) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return (low + high) / 2;
}

/** {low, high} of a share: the 90% interval, each end of which is by itself a bound at 95%, as the verdicts have them. */
function clopperPearson(successes, trials) {
  const tail = 0.05;
  return {
    low: successes <= 0 ? 0 : betaQuantile(successes, trials - successes + 1, tail),
    high: successes >= trials ? 1 : betaQuantile(successes + 1, trials - successes, 1 - tail),
  };
}

/** What is known of the blast radius in cells taken together: the mean share of siblings lost, and its interval. */
function blastRadius(cells) {
  let trials = 0;
  let lost = 0;
  for (const cell of cells) {
    if (cell.share !== null && cell.share !== undefined) {
      trials += cell.trials.judged;
      lost += (1 - cell.share) * cell.trials.judged;
    }
  }
  return trials === 0 ? null : { share: lost / trials, trials, ...clopperPearson(lost, trials) };
}
