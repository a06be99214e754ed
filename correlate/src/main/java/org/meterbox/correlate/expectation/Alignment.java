// SPDX-License-Identifier: Apache-2.0
package org.meterbox.correlate.expectation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.meterbox.kernel.Octets;

/**
 * Which octets of one run stand where in another, by the shortest way of insertions and deletions
 * from the one to the other (E. W. Myers, An O(ND) Difference Algorithm, 1986).
 */
final class Alignment {
  /** Beyond this many insertions and deletions no alignment is sought. */
  static final int MAX_CHANGES = 1_000;

  private final Octets from;
  private final Octets to;

  /** Per number of changes, the furthest place reached on each diagonal. */
  private final List<int[]> furthest = new ArrayList<>();

  private Alignment(Octets from, Octets to) {
    this.from = from;
    this.to = to;
  }

  /**
   * For each place in the first run, and for its end, the place in the second.
   *
   * @return empty where the two have too little in common
   */
  static Optional<int[]> of(Octets from, Octets to) {
    Alignment alignment = new Alignment(from, to);
    int changes = alignment.search();
    return changes < 0 ? Optional.empty() : Optional.of(alignment.trace(changes));
  }

  /** The least number of changes, or -1. */
  private int search() {
    int bound = Math.min(MAX_CHANGES, from.length() + to.length());
    int[] reached = new int[2 * bound + 3];
    for (int changes = 0; changes <= bound; changes++) {
      for (int k = -changes; k <= changes; k += 2) {
        int x = enter(reached, bound + 1, k, changes);
        int y = x - k;
        while (x < from.length() && y < to.length() && y >= 0 && from.at(x) == to.at(y)) {
          x++;
          y++;
        }
        reached[bound + 1 + k] = x;
        if (x >= from.length() && y >= to.length()) {
          furthest.add(part(reached, bound + 1, changes));
          return changes;
        }
      }
      furthest.add(part(reached, bound + 1, changes));
    }
    return -1;
  }

  /** From which neighbour a diagonal is entered: the one that came further. */
  private static int enter(int[] reached, int origin, int k, int changes) {
    if (changes == 0) {
      return 0;
    }
    boolean down =
        k == -changes || (k != changes && reached[origin + k - 1] < reached[origin + k + 1]);
    return down ? reached[origin + k + 1] : reached[origin + k - 1] + 1;
  }

  private static int[] part(int[] reached, int origin, int changes) {
    return Arrays.copyOfRange(reached, origin - changes - 1, origin + changes + 2);
  }

  /** Walks back from the end and notes where each octet of the first run went. */
  private int[] trace(int changes) {
    int[] places = new int[from.length() + 1];
    int x = from.length();
    int y = to.length();
    places[x] = y;
    for (int left = changes; left > 0; left--) {
      int[] before = furthest.get(left - 1);
      int k = x - y;
      boolean down = k == -left || (k != left && at(before, k - 1, left) < at(before, k + 1, left));
      int previousK = down ? k + 1 : k - 1;
      int previousX = at(before, previousK, left);
      int previousY = previousX - previousK;
      int entered = down ? previousX : previousX + 1;
      while (x > entered) {
        x--;
        y--;
        places[x] = y;
      }
      if (!down) {
        places[previousX] = previousY;
      }
      x = previousX;
      y = previousY;
    }
    while (x > 0) {
      x--;
      y--;
      places[x] = y;
    }
    return places;
  }

  /** The place on a diagonal that was reached with one change less than {@code left}. */
  private static int at(int[] part, int k, int left) {
    return part[k + left];
  }
}
