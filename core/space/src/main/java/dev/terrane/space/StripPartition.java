package dev.terrane.space;

import dev.terrane.base.RegionId;
import java.util.ArrayList;
import java.util.List;

/**
 * Regions of equal width along x, region {@code (i, 0)} covering x in [i·width, (i+1)·width) (R8). The first and the last also own
 * everything beyond the world's ends; y is nobody's border. A region's origin is its centre.
 *
 * @param count regions, numbered from 0
 * @param widthMetres positive; 512 by default
 * @param depthMetres the world's extent along y, centred on 0
 */
public record StripPartition(int count, double widthMetres, double depthMetres) implements Partition {
    public static final double WIDTH_METRES_DEFAULT = 512;

    public StripPartition {
        Lengths.requireCount("count", count);
        Lengths.requireMetres("width", widthMetres);
        Lengths.requireMetres("depth", depthMetres);
    }

    @Override
    public RegionId regionAt(double x, double y) {
        Lengths.requireFinite(x, y);
        int index = (int) Math.clamp(Math.floor(x / widthMetres), 0, count - 1);
        // The division rounds: without this a position one ulp before a border could land behind it.
        if (index > 0 && x < index * widthMetres) {
            index--;
        } else if (index < count - 1 && x >= (index + 1) * widthMetres) {
            index++;
        }
        return new RegionId(index, 0);
    }

    @Override
    public double originX(RegionId region) {
        Lengths.requireOwn(this, region);
        return (region.a() + 0.5) * widthMetres;
    }

    @Override
    public double originY(RegionId region) {
        Lengths.requireOwn(this, region);
        return 0;
    }

    @Override
    public List<RegionId> neighbours(RegionId region) {
        Lengths.requireOwn(this, region);
        List<RegionId> found = new ArrayList<>(2);
        if (region.a() > 0) {
            found.add(new RegionId(region.a() - 1, 0));
        }
        if (region.a() < count - 1) {
            found.add(new RegionId(region.a() + 1, 0));
        }
        return List.copyOf(found);
    }

    @Override
    public List<RegionId> regions() {
        List<RegionId> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(new RegionId(i, 0));
        }
        return List.copyOf(all);
    }

    @Override
    public boolean contains(RegionId region) {
        return region.b() == 0 && region.a() >= 0 && region.a() < count;
    }

    @Override
    public Bounds bounds(RegionId region) {
        Lengths.requireOwn(this, region);
        return new Bounds(-widthMetres / 2, -depthMetres / 2, widthMetres / 2, depthMetres / 2);
    }

    @Override
    public double distanceToBorder(RegionId region, double localX, double localY) {
        Lengths.requireOwn(this, region);
        double left = region.a() > 0 ? localX + widthMetres / 2 : Double.POSITIVE_INFINITY;
        double right = region.a() < count - 1 ? widthMetres / 2 - localX : Double.POSITIVE_INFINITY;
        return Math.min(left, right);
    }

    @Override
    public double[] outline(RegionId region) {
        return bounds(region).outline(originX(region), 0);
    }

    @Override
    public String describe() {
        return "strip;count=" + count + ";width=" + widthMetres + ";depth=" + depthMetres;
    }
}
